using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>A draft that was saved in a conversation.</summary>
/// <param name="DraftId">The draft.</param>
/// <param name="RequestId">The maintenance request that it became.</param>
internal sealed record SavedDraft(
    [property: JsonPropertyName("draft_id")] string DraftId,
    [property: JsonPropertyName("request_id")] string RequestId);
