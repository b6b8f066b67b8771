using ContosoSuites.Functions.Gateway;

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

/// <summary>A backend's share of its priority group.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="ExpectedShare">What the weights say, 0 to 1.</param>
/// <param name="Share">What was observed, 0 to 1; null without requests.</param>
public sealed record BackendShare(string Backend, long Requests, double ExpectedShare, double? Share);

/// <summary>The use of a priority group that is there for when the groups before it can not serve.</summary>
/// <param name="Requests">The requests that it served in their place.</param>
/// <param name="Share">Their share of the requests of all groups, 0 to 1.</param>
/// <param name="Cause">The likely cause, one of <see cref="SkewCause"/>.</param>
/// <param name="Explanation">The same for people, with the figures it rests on and the next step.</param>
public sealed record Failover(long Requests, double Share, string Cause, string Explanation);

/// <summary>What it cost by day, and what the costs of a report rest on. All are in US dollars.</summary>
/// <param name="Prices">The prices per million tokens by deployment, as they are set now: what was used before they changed is priced by them too.</param>
/// <param name="Unpriced">The deployments that used tokens in the range and have no price. No cost of the report has them in it.</param>
/// <param name="Days">The days on which tokens were used, in order. A day that the range cuts is only as much of it.</param>
public sealed record CostReport(IReadOnlyDictionary<string, ModelPrice> Prices, IReadOnlyList<string> Unpriced, IReadOnlyList<DayCost> Days);

/// <summary>What a day cost.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Cost">US dollars; null where nothing that was used has a price.</param>
public sealed record DayCost(DateOnly Day, decimal? Cost);

/// <summary>What a function's model calls have used.</summary>
/// <param name="Function">The function; empty for calls that name none.</param>
/// <param name="Tokens">Prompt and answer together.</param>
public sealed record FunctionTokens(string Function, long Tokens)
{
    /// <summary>What they cost, in US dollars, as far as they have a price; null without any.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The model calls that have cost this; null without any price.</summary>
    public long? PricedCalls { get; init; }

    /// <summary>
    /// Those of the tokens that are not in the cost: of deployments without a price, or collected before prompt and answer were told
    /// apart by function. Null without any price.
    /// </summary>
    public long? UnpricedTokens { get; init; }
}

/// <summary>The shares within a priority group.</summary>
/// <param name="Priority">The group; lower numbers come first.</param>
/// <param name="Requests">Requests that ended with a backend of the group.</param>
/// <param name="Backends">Expected and observed share of each.</param>
/// <param name="Skew">The deviations that chance does not explain; empty when the load is spread as configured.</param>
public sealed record PriorityGroupReport(int Priority, long Requests, IReadOnlyList<BackendShare> Backends, IReadOnlyList<Skew> Skew)
{
    /// <summary>Set when the group has served although groups with a lower number come first; null otherwise.</summary>
    public Failover? Failover { get; init; }
}

/// <summary>One bin of a series.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Figures">What happened in it.</param>
public sealed record SeriesPoint(DateTimeOffset Start, DistributionFigures Figures);

/// <summary>A backend's share that deviates from its weight by more than chance explains (binomial, 99.9 %) and by at least 5 points.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="ExpectedShare">What the weights say, 0 to 1.</param>
/// <param name="Share">What was observed, 0 to 1.</param>
/// <param name="Cause">The likely cause, one of <see cref="SkewCause"/>.</param>
/// <param name="Explanation">The same for people, with the figures it rests on and the next step.</param>
public sealed record Skew(string Backend, double ExpectedShare, double Share, string Cause, string Explanation);

/// <summary>Why a backend served less than its weight says.</summary>
public static class SkewCause
{
    /// <summary>It answered 429, and its circuit breaker kept requests away until Retry-After had passed.</summary>
    public const string Throttled = "throttled";

    /// <summary>It answered with server errors, which opened its circuit breaker.</summary>
    public const string BreakerOpen = "breakerOpen";

    /// <summary>Attempts went without an answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The figures show no failure.</summary>
    public const string Unknown = "unknown";
}
