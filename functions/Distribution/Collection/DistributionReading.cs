namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>What was read from the logs.</summary>
/// <param name="Bins">The bins that have something in them.</param>
/// <param name="PartialReason">Why there may be more; null when these are all.</param>
internal sealed record DistributionReading(IReadOnlyList<DistributionBin> Bins, string? PartialReason = null);
