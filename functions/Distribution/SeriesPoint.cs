namespace ContosoSuites.Functions.Distribution;

/// <summary>One bin of a series.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Figures">What happened in it.</param>
public sealed record SeriesPoint(DateTimeOffset Start, DistributionFigures Figures);
