namespace ContosoSuites.Local.Logs;

/// <summary>The body of a query.</summary>
/// <param name="Query">The KQL.</param>
/// <param name="Timespan">An ISO 8601 interval that narrows it.</param>
internal sealed record QueryRequest(string? Query, string? Timespan);
