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
    IReadOnlyList<FunctionTokens> TokensByFunction);

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

/// <summary>One bin of a series.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Figures">What happened in it.</param>
public sealed record SeriesPoint(DateTimeOffset Start, DistributionFigures Figures);

/// <summary>The shares within a priority group.</summary>
/// <param name="Priority">The group; lower numbers come first.</param>
/// <param name="Requests">Requests that ended with a backend of the group.</param>
/// <param name="Backends">Expected and observed share of each.</param>
/// <param name="Skew">The deviations that chance does not explain; empty when the load is spread as configured.</param>
public sealed record PriorityGroupReport(int Priority, long Requests, IReadOnlyList<BackendShare> Backends, IReadOnlyList<Skew> Skew);

/// <summary>A backend's share of its priority group.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="ExpectedShare">What the weights say, 0 to 1.</param>
/// <param name="Share">What was observed, 0 to 1; null without requests.</param>
public sealed record BackendShare(string Backend, long Requests, double ExpectedShare, double? Share);

/// <summary>A backend's share that deviates from its weight by more than chance explains (binomial, 99.9 %) and by at least 5 points.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="ExpectedShare">What the weights say, 0 to 1.</param>
/// <param name="Share">What was observed, 0 to 1.</param>
/// <param name="Cause">The likely cause: throttled, breakerOpen, unreachable, or unknown.</param>
/// <param name="Explanation">The same for people, with the figures it rests on and the next step.</param>
public sealed record Skew(string Backend, double ExpectedShare, double Share, string Cause, string Explanation);

/// <summary>What a function's model calls have used.</summary>
/// <param name="Function">The function; empty for calls that name none.</param>
/// <param name="Tokens">Prompt and answer together.</param>
public sealed record FunctionTokens(string Function, long Tokens);
