using System.Numerics;
using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Distribution;

/// <summary>What a function's calls of one deployment have used. The names are those of the query's bag and of the stored bins.</summary>
/// <param name="Calls">Model calls whose tokens are known.</param>
/// <param name="PromptTokens">Tokens of the prompts.</param>
/// <param name="CompletionTokens">Tokens of the answers.</param>
public sealed record FunctionUsage(
    [property: JsonPropertyName("calls")] long Calls,
    [property: JsonPropertyName("promptTokens")] long PromptTokens,
    [property: JsonPropertyName("completionTokens")] long CompletionTokens) : IAdditionOperators<FunctionUsage, FunctionUsage, FunctionUsage>
{
    /// <summary>Both together.</summary>
    public static FunctionUsage operator +(FunctionUsage left, FunctionUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Calls + right.Calls, left.PromptTokens + right.PromptTokens, left.CompletionTokens + right.CompletionTokens);
    }
}
