using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage;

/// <summary>A page of maintenance requests.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="ContinuationToken">Asks for the next page; null when this is the last one.</param>
public sealed record MaintenanceRequestPage(IReadOnlyList<MaintenanceRequest> Requests, string? ContinuationToken);
