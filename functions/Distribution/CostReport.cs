using ContosoSuites.Functions.Gateway;

namespace ContosoSuites.Functions.Distribution;

/// <summary>What it cost by day, and what the costs of a report rest on. All are in US dollars.</summary>
/// <param name="Prices">The prices per million tokens by deployment, as they are set now: what was used before they changed is priced by them too.</param>
/// <param name="Unpriced">The deployments that used tokens in the range and have no price. No cost of the report has them in it.</param>
/// <param name="Days">The days on which tokens were used, in order. A day that the range cuts is only as much of it.</param>
public sealed record CostReport(IReadOnlyDictionary<string, ModelPrice> Prices, IReadOnlyList<string> Unpriced, IReadOnlyList<DayCost> Days);

/// <summary>What a day cost.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Cost">US dollars; null where nothing that was used has a price.</param>
public sealed record DayCost(DateOnly Day, decimal? Cost);
