using System.Globalization;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>llm-token-limit</c>: refuses a request whose key has used up the tokens of its minute, and has those of all others
/// counted: by what the model says that they took, once it has said it.
/// </summary>
internal sealed class LlmTokenLimit : IPolicy
{
    private readonly PolicyPosition _position;
    private readonly PolicyValue<string> _key;
    private readonly int _limit;
    private readonly string? _remainingHeader;
    private readonly string? _remainingVariable;
    private readonly string? _consumedHeader;

    private LlmTokenLimit(PolicyElementReader reader)
    {
        _position = reader.Position;
        _key = reader.Value<string>("counter-key");
        _remainingHeader = reader.OptionalLiteral("remaining-tokens-header-name");
        _remainingVariable = reader.OptionalLiteral("remaining-tokens-variable-name");
        _consumedHeader = reader.OptionalLiteral("tokens-consumed-header-name");

        // Required there, and a prompt is only counted with the model's own count here.
        if (reader.Literal("estimate-prompt-tokens") is not "false" and var estimate)
        {
            throw reader.Wrong($"the attribute estimate-prompt-tokens of <{reader.Name}> is \"{estimate}\"; the local gateway only knows \"false\".");
        }

        var limit = reader.Literal("tokens-per-minute");
        if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out _limit) || _limit == 0)
        {
            throw reader.Wrong($"the attribute tokens-per-minute of <{reader.Name}> is \"{limit}\"; it must be a whole number above 0.");
        }
    }

    public static PolicyElement Element { get; } = new("llm-token-limit", PolicySections.Inbound, reader => new LlmTokenLimit(reader));

    /// <summary>Its older name, from when it only knew Azure OpenAI.</summary>
    public static PolicyElement OlderElement { get; } = Element with { Name = "azure-openai-token-limit" };

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var key = _key.Get(execution);
        execution.Tokens.Add(new TokenClaim(key, _limit, _remainingHeader, _consumedHeader));
        var count = execution.Services.TokenCounters.Read(key);
        var remaining = count.Remaining(_limit);
        if (_remainingVariable is not null)
        {
            execution.Variables[_remainingVariable] = remaining;
        }

        return new(remaining > 0 ? PolicyFlow.Continue : execution.Fail(PolicyError.TokenLimitExceeded(_position, count.LeftSeconds)));
    }
}
