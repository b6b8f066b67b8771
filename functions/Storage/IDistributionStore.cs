using ContosoSuites.Functions.Distribution;

namespace ContosoSuites.Functions.Storage;

/// <summary>
/// The collected backend distribution, in bins of <see cref="BinSize"/>. Every member may throw
/// <see cref="StorageUnavailableException"/>.
/// </summary>
public interface IDistributionStore
{
    /// <summary>The length of a stored bin.</summary>
    public static readonly TimeSpan BinSize = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Puts <paramref name="bins"/> in the place of everything that starts from <paramref name="from"/> to before
    /// <paramref name="to"/>, both on bin boundaries, in one step. What a later reading of the logs has already stored stays:
    /// of two overlapping collections the one with the later <paramref name="asOf"/> wins, bin start by bin start.
    /// </summary>
    public Task ReplaceAsync(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, IReadOnlyList<DistributionBin> bins, CancellationToken cancellationToken = default);

    /// <summary>Until when the logs have been read completely; null before the first collection.</summary>
    public Task<DateTimeOffset?> GetWatermarkAsync(CancellationToken cancellationToken = default);

    /// <summary>Moves the watermark to <paramref name="watermark"/>, never back.</summary>
    public Task AdvanceWatermarkAsync(DateTimeOffset watermark, CancellationToken cancellationToken = default);

    /// <summary>The bins that start from <paramref name="from"/> to before <paramref name="to"/>, by start, backend and deployment.</summary>
    public Task<IReadOnlyList<DistributionBin>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}
