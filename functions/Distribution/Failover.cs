namespace ContosoSuites.Functions.Distribution;

/// <summary>The use of a priority group that is there for when the groups before it can not serve.</summary>
/// <param name="Requests">The requests that it served in their place.</param>
/// <param name="Share">Their share of the requests of all groups, 0 to 1.</param>
/// <param name="Cause">The likely cause, one of <see cref="SkewCause"/>.</param>
/// <param name="Explanation">The same for people, with the figures it rests on and the next step.</param>
public sealed record Failover(long Requests, double Share, string Cause, string Explanation);
