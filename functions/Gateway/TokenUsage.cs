using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

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
