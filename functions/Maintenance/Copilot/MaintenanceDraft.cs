using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>A maintenance request that the copilot has written down and not saved.</summary>
/// <param name="DraftId">Identifies the draft; the idempotency key of its saving.</param>
/// <param name="Turn">The turn in which it was written, and so first shown.</param>
/// <param name="Fields">What it says.</param>
internal sealed record MaintenanceDraft(
    [property: JsonPropertyName("draft_id")] string DraftId,
    [property: JsonPropertyName("turn")] int Turn,
    [property: JsonPropertyName("request")] NewMaintenanceRequest Fields);
