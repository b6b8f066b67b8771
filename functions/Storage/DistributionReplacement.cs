using ContosoSuites.Functions.Distribution;

namespace ContosoSuites.Functions.Storage;

/// <summary>What a replacement of bins has changed. Bins that a later reading of the logs had stored are in neither list.</summary>
/// <param name="Removed">What stood there before.</param>
/// <param name="Stored">What has taken its place.</param>
public sealed record DistributionReplacement(IReadOnlyList<DistributionBin> Removed, IReadOnlyList<DistributionBin> Stored);
