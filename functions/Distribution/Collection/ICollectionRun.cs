namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>What the collector's timer sets off.</summary>
public interface ICollectionRun
{
    /// <summary>Collects once. A failure's message says what the operator can do; what is due stays due for the next run.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="LogQueryException">The logs can not be read, or not completely.</exception>
    /// <exception cref="Storage.StorageUnavailableException">The store can not be written or read.</exception>
    public Task RunAsync(CancellationToken cancellationToken);
}
