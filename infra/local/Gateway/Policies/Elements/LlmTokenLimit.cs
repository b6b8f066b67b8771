using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>llm-token-limit</c>: refuses a request whose key has used up its tokens, and has those of all others counted: by what
/// the model says that they took, once it has said it.
/// </summary>
internal sealed class LlmTokenLimit : IPolicy
{
    private readonly PolicyPosition _position;
    private readonly PolicyValue<string> _key;
    private readonly List<TokenAllowance> _allowances = [];
    private readonly string _retryAfterHeader;
    private readonly string? _retryAfterVariable;
    private readonly string? _consumedHeader;

    private LlmTokenLimit(PolicyElementReader reader)
    {
        _position = reader.Position;
        _key = reader.Value<string>("counter-key");
        _retryAfterHeader = reader.OptionalLiteral("retry-after-header-name") ?? "Retry-After";
        _retryAfterVariable = reader.OptionalLiteral("retry-after-variable-name");
        _consumedHeader = reader.OptionalLiteral("tokens-consumed-header-name");

        // Required there, and a prompt is only counted with the model's own count here.
        _ = reader.Literal("estimate-prompt-tokens");
        reader.Only("estimate-prompt-tokens", "false");
        if (reader.OptionalLiteral("tokens-consumed-variable-name") is not null)
        {
            throw reader.Wrong($"the attribute tokens-consumed-variable-name of <{reader.Name}> can not be used: the local gateway learns what an answer has taken while it passes, after the outbound section.");
        }

        ReadQuota(reader);
        ReadRate(reader);
        if (_allowances.Count == 0)
        {
            throw reader.Wrong($"<{reader.Name}> needs the attribute tokens-per-minute, or token-quota and token-quota-period, or all three.");
        }
    }

    public static PolicyElement Element { get; } = new("llm-token-limit", PolicySections.Inbound, reader => new LlmTokenLimit(reader));

    /// <summary>Its older name, from when it only knew Azure OpenAI.</summary>
    public static PolicyElement OlderElement { get; } = Element with { Name = "azure-openai-token-limit" };

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var key = _key.Get(execution);
        execution.Tokens.Add(new TokenClaim(key, _allowances, _consumedHeader));
        foreach (var allowance in _allowances)
        {
            var count = execution.Services.TokenCounters.Read(key, allowance.Period);
            var remaining = count.Remaining(allowance.Limit);
            if (allowance.RemainingVariable is { } variable)
            {
                execution.Variables.Set(variable, remaining);
            }

            if (remaining == 0)
            {
                return new(Refuse(execution, allowance, count.LeftSeconds));
            }
        }

        return new(PolicyFlow.Continue);
    }

    private PolicyFlow Refuse(PolicyExecution execution, TokenAllowance allowance, int seconds)
    {
        if (_retryAfterVariable is not null)
        {
            execution.Variables.Set(_retryAfterVariable, seconds);
        }

        return execution.Fail(allowance.Period == TokenPeriod.Minute
            ? PolicyError.TokenLimitExceeded(_position, _retryAfterHeader, seconds)
            : PolicyError.TokenQuotaExceeded(_position, _retryAfterHeader, seconds));
    }

    private void ReadRate(PolicyElementReader reader)
    {
        var header = reader.OptionalLiteral("remaining-tokens-header-name");
        var variable = reader.OptionalLiteral("remaining-tokens-variable-name");
        if (reader.OptionalPositive("tokens-per-minute") is { } limit)
        {
            _allowances.Add(new TokenAllowance(TokenPeriod.Minute, limit, header, variable));
        }
    }

    // First, as it is the longer wait when both are used up.
    private void ReadQuota(PolicyElementReader reader)
    {
        var header = reader.OptionalLiteral("remaining-quota-tokens-header-name");
        var variable = reader.OptionalLiteral("remaining-quota-tokens-variable-name");
        var limit = reader.OptionalPositive("token-quota");
        var period = reader.OptionalLiteral("token-quota-period");
        if ((limit is null) != (period is null))
        {
            throw reader.Wrong($"<{reader.Name}> needs both of token-quota and token-quota-period, or none.");
        }

        if (limit is { } tokens)
        {
            _ = reader.Choice("token-quota-period", "Hourly", "Daily", "Weekly", "Monthly", "Yearly");
            _allowances.Add(new TokenAllowance(Enum.Parse<TokenPeriod>(period!), tokens, header, variable));
        }
    }
}
