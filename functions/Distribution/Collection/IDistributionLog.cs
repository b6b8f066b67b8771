namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>The gateway's logs, as bins.</summary>
internal interface IDistributionLog
{
    /// <summary>Makes bins of what is in the logs now.</summary>
    /// <param name="from">The first moment, on a bin boundary.</param>
    /// <param name="to">The end, on a bin boundary.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LogQueryException">The logs can not be read.</exception>
    public Task<DistributionReading> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
