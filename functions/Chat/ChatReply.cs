using ContosoSuites.Functions.Gateway;

namespace ContosoSuites.Functions.Chat;

/// <summary>A chat answer as application/json.</summary>
/// <param name="Reply">The model's text.</param>
/// <param name="ServedBy">The regions that served the model calls, in order.</param>
/// <param name="Usage">Tokens over all model calls; null where the model did not say.</param>
/// <param name="Refused">Whether the model refused to answer; the reply is then its refusal.</param>
internal sealed record ChatReply(string Reply, IReadOnlyList<string> ServedBy, TokenUsage? Usage, bool Refused);
