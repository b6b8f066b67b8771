namespace ContosoSuites.Functions.Distribution;

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
