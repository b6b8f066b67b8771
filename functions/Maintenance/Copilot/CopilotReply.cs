using ContosoSuites.Functions.Gateway;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>A copilot's answer as application/json.</summary>
/// <param name="ConversationId">Continues the conversation.</param>
/// <param name="Reply">The copilot's text.</param>
/// <param name="SavedRequestId">The maintenance request that this turn saved; null where none.</param>
/// <param name="ServedBy">The regions that served the model calls, in order.</param>
/// <param name="Usage">Tokens over all model calls of the turn; null where the model did not say.</param>
/// <param name="ConversationUsage">
/// The same over all turns of the conversation so far, of which one that failed is none; null where that is not known of every turn.
/// </param>
/// <param name="Refused">Whether the model refused to answer; the reply is then its refusal.</param>
internal sealed record CopilotReply(
    string ConversationId,
    string Reply,
    string? SavedRequestId,
    IReadOnlyList<string> ServedBy,
    TokenUsage? Usage,
    TokenUsage? ConversationUsage,
    bool Refused);
