namespace ContosoSuites.Functions.Distribution;

/// <summary>The answer to GET BackendDistribution: who served what from <paramref name="From"/> to before <paramref name="To"/>.</summary>
/// <param name="From">Where it begins, on a bin boundary, UTC.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Bin">The length of a bin of the series, ISO 8601, such as PT5M.</param>
/// <param name="CollectedUpTo">Until when the logs have been read; null before the first collection.</param>
/// <param name="Totals">All backends together.</param>
/// <param name="Backends">Every configured backend in the order of the configuration, then others that the logs name.</param>
/// <param name="PriorityGroups">The shares within each priority group, and whether they are as configured.</param>
/// <param name="TokensByFunction">Tokens by calling function, most first.</param>
public sealed record DistributionReport(
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Bin,
    DateTimeOffset? CollectedUpTo,
    DistributionFigures Totals,
    IReadOnlyList<BackendReport> Backends,
    IReadOnlyList<PriorityGroupReport> PriorityGroups,
    IReadOnlyList<FunctionTokens> TokensByFunction)
{
    /// <summary>What it cost; null without any price in the settings.</summary>
    public CostReport? Costs { get; init; }
}
