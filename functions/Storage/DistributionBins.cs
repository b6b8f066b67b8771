using ContosoSuites.Functions.Distribution;

namespace ContosoSuites.Functions.Storage;

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
