using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Distribution;

/// <summary>
/// The collected backend distribution, in bins of <see cref="BinSize"/>. Every member may throw
/// <see cref="StorageUnavailableException"/>.
/// </summary>
public interface IDistributionStore
{
    /// <summary>The length of a stored bin.</summary>
    public static readonly TimeSpan BinSize = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Puts <paramref name="bins"/> in the place of everything that starts from <paramref name="from"/> to before
    /// <paramref name="to"/>, in one step or, where a store has no transactions, hour by hour. What a later reading of the logs has already stored stays: of two overlapping
    /// collections the one with the later <paramref name="asOf"/> wins, bin start by bin start.
    /// </summary>
    /// <param name="from">Where the first bin starts, on a bin boundary.</param>
    /// <param name="to">Where the last bin ends, on a bin boundary.</param>
    /// <param name="asOf">When the logs were asked: what was in them by then is in the bins.</param>
    /// <param name="bins">The bins that have something in them, each start, backend and deployment once.</param>
    /// <param name="cancellationToken">Gives up a replacement that has not started yet.</param>
    /// <returns>What has changed.</returns>
    /// <exception cref="ArgumentException">The range is not on bin boundaries, or a bin is outside of it.</exception>
    public Task<DistributionReplacement> ReplaceAsync(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, IReadOnlyList<DistributionBin> bins, CancellationToken cancellationToken = default);

    /// <summary>Until when the logs have been read completely; null before the first collection.</summary>
    public Task<DateTimeOffset?> GetWatermarkAsync(CancellationToken cancellationToken = default);

    /// <summary>Moves the watermark to <paramref name="watermark"/>, never back.</summary>
    public Task AdvanceWatermarkAsync(DateTimeOffset watermark, CancellationToken cancellationToken = default);

    /// <summary>The bins that start from <paramref name="from"/> to before <paramref name="to"/>, by start, backend and deployment.</summary>
    public Task<IReadOnlyList<DistributionBin>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);

    /// <summary>Removes the bins that start before <paramref name="before"/>, and tells how many these were.</summary>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}

/// <summary>What a replacement of bins has changed. Bins that a later reading of the logs had stored are in neither list.</summary>
/// <param name="Removed">What stood there before.</param>
/// <param name="Stored">What has taken its place.</param>
public sealed record DistributionReplacement(IReadOnlyList<DistributionBin> Removed, IReadOnlyList<DistributionBin> Stored);

/// <summary>What has to be true of bins that are to be stored.</summary>
internal static class DistributionBins
{
    /// <summary>Throws unless the range is on bin boundaries, and each bin within it and there once.</summary>
    /// <exception cref="ArgumentException">This is not so.</exception>
    public static void ThrowIfMisplaced(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<DistributionBin> bins)
    {
        if (!BinTime.IsBoundary(from, IDistributionStore.BinSize) || !BinTime.IsBoundary(to, IDistributionStore.BinSize))
        {
            throw new ArgumentException($"{from:O} to {to:O} is not on the boundaries of bins.", nameof(from));
        }

        if (bins.FirstOrDefault(bin => bin.Start < from || bin.Start >= to || !BinTime.IsBoundary(bin.Start, IDistributionStore.BinSize)) is { } stray)
        {
            throw new ArgumentException($"There is no bin that starts at {stray.Start:O} from {from:O} to {to:O}.", nameof(bins));
        }

        if (bins.DistinctBy(bin => (bin.Start, bin.Backend, bin.Deployment)).Count() < bins.Count)
        {
            throw new ArgumentException("A bin is there twice.", nameof(bins));
        }
    }
}
