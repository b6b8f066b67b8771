using ContosoSuites.Functions.Gateway;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Chat;

/// <summary>A chat answer as application/json.</summary>
/// <param name="Reply">The model's text.</param>
/// <param name="ServedBy">The regions that served the model calls, in order.</param>
/// <param name="Usage">Tokens over all model calls; null where the model did not say.</param>
/// <param name="Refused">Whether the model refused to answer; the reply is then its refusal.</param>
internal sealed record ChatReply(string Reply, IReadOnlyList<string> ServedBy, TokenUsage? Usage, bool Refused);

/// <summary>Tokens used.</summary>
/// <param name="PromptTokens">Tokens sent to the model.</param>
/// <param name="CompletionTokens">Tokens that it answered.</param>
/// <param name="TotalTokens">Both.</param>
/// <param name="Cost">What they cost, in US dollars; null where the chat model has no price.</param>
internal sealed record TokenUsage(long PromptTokens, long CompletionTokens, long TotalTokens, decimal? Cost)
{
    /// <summary>What the chat client reports, in the names of the wire, with its cost.</summary>
    public static TokenUsage? From(UsageDetails? usage, ModelPrices prices) => usage is null
        ? null
        : new(
            usage.InputTokenCount ?? 0,
            usage.OutputTokenCount ?? 0,
            usage.TotalTokenCount ?? 0,
            prices.CostOfChat(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0));
}
