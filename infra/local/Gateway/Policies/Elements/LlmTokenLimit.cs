using System.Globalization;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>llm-token-limit</c>: refuses a request whose key has used up the tokens of its minute, and has those of all others
/// counted: by what the model says that they took, once it has said it.
/// </summary>
internal sealed class LlmTokenLimit(
    PolicyPosition position, PolicyValue<string> key, int limit, string? remainingHeader, string? remainingVariable, string? consumedHeader) : IPolicy
{
    public static PolicyElement Element { get; } = new("llm-token-limit", PolicySections.Inbound, Read);

    /// <summary>Its older name, from when it only knew Azure OpenAI.</summary>
    public static PolicyElement OlderElement { get; } = Element with { Name = "azure-openai-token-limit" };

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var counter = key.Get(execution);
        execution.Tokens.Add(new TokenClaim(counter, limit, remainingHeader, consumedHeader));
        var count = execution.Services.TokenCounters.Read(counter);
        var remaining = count.Remaining(limit);
        if (remainingVariable is not null)
        {
            execution.Variables[remainingVariable] = remaining;
        }

        return new(remaining > 0 ? PolicyFlow.Continue : execution.Fail(PolicyError.TokenLimitExceeded(position, count.LeftSeconds)));
    }

    private static LlmTokenLimit Read(PolicyElementReader reader)
    {
        // Required there, and a prompt is only counted with the model's own count here.
        var estimate = reader.Literal("estimate-prompt-tokens");
        reader.ThrowIf(
            estimate != "false", $"the attribute estimate-prompt-tokens of <{reader.Name}> is \"{estimate}\"; the local gateway only knows \"false\".");
        var limit = reader.Literal("tokens-per-minute");
        reader.ThrowIf(
            !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) || tokens == 0,
            $"the attribute tokens-per-minute of <{reader.Name}> is \"{limit}\"; it must be a whole number above 0.");
        return new LlmTokenLimit(
            reader.Position,
            reader.Value<string>("counter-key"),
            tokens,
            reader.OptionalLiteral("remaining-tokens-header-name"),
            reader.OptionalLiteral("remaining-tokens-variable-name"),
            reader.OptionalLiteral("tokens-consumed-header-name"));
    }
}
