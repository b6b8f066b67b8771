namespace ContosoSuites.Functions.Distribution;

/// <summary>One backend's part.</summary>
/// <param name="Backend">Its name; empty for requests that no backend answered.</param>
/// <param name="Region">The region it stands in; null for one that is not configured.</param>
/// <param name="Priority">Its priority group; null for one that is not configured.</param>
/// <param name="Weight">Its weight in the group; null for one that is not configured.</param>
/// <param name="Share">Its share of all requests, 0 to 1.</param>
/// <param name="Figures">Its totals.</param>
/// <param name="Deployments">Its totals by deployment.</param>
/// <param name="Series">Its bins, every bin of the range in order, those without requests included.</param>
public sealed record BackendReport(
    string Backend,
    string? Region,
    int? Priority,
    int? Weight,
    double Share,
    DistributionFigures Figures,
    IReadOnlyDictionary<string, DistributionFigures> Deployments,
    IReadOnlyList<SeriesPoint> Series);
