using System.Text.Json.Serialization;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>The <c>usage</c> of a model's answer. An embedding has no completion, and some servers leave the sum out.</summary>
internal sealed record TokenUsage(int PromptTokens, int CompletionTokens, int TotalTokens)
{
    /// <summary>Prompt and completion.</summary>
    [JsonIgnore]
    public int Sum => TotalTokens > 0 ? TotalTokens : PromptTokens + CompletionTokens;

    /// <summary>Whether something can have used these numbers.</summary>
    [JsonIgnore]
    public bool IsSound => PromptTokens >= 0 && CompletionTokens >= 0 && TotalTokens >= 0 && Sum > 0;
}
