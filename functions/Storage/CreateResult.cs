using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage;

/// <summary>What became of a request to be stored.</summary>
/// <param name="Outcome">Whether it was stored now.</param>
/// <param name="Request">The stored request: the new one, or the one that the idempotency key already stands for.</param>
public sealed record CreateResult(CreateOutcome Outcome, MaintenanceRequest Request);
