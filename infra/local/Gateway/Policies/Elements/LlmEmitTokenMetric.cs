using System.Collections.Frozen;
using System.Diagnostics;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>llm-emit-token-metric</c>: counts the tokens of the request in metrics, once the model has said how many they are.</summary>
internal sealed class LlmEmitTokenMetric : IPolicy
{
    private const int MostCustomDimensions = 5;

    // The dimensions that need no value; API Management has more of them.
    private static readonly FrozenDictionary<string, Func<PolicyExecution, string>> Defaults = new Dictionary<string, Func<PolicyExecution, string>>
    {
        ["API ID"] = static execution => execution.Services.Api.Id,
        ["Operation ID"] = static execution => execution.Call?.Operation.Id ?? "",
        ["Subscription ID"] = static execution => execution.Subscription?.Id ?? "",
    }.ToFrozenDictionary();

    private readonly TokenInstruments _instruments;
    private readonly (string Name, Func<PolicyExecution, string> Value)[] _dimensions;

    private LlmEmitTokenMetric(PolicyElementReader reader)
    {
        _instruments = reader.Loader.Metrics.Open(reader.OptionalLiteral("namespace") ?? "API Management");
        _dimensions = [.. reader.Children("dimension").Select(ReadDimension)];
        var custom = _dimensions.Count(dimension => dimension.Value.Target is PolicyValue<string>);
        if (_dimensions.Length == 0 || custom > MostCustomDimensions)
        {
            throw reader.Wrong($"<{reader.Name}> needs a <dimension>, and takes at most {MostCustomDimensions} with a value.");
        }
    }

    public static PolicyElement Element { get; } = new("llm-emit-token-metric", PolicySections.Inbound, reader => new LlmEmitTokenMetric(reader));

    /// <summary>Its older name, from when it only knew Azure OpenAI.</summary>
    public static PolicyElement OlderElement { get; } = Element with { Name = "azure-openai-emit-token-metric" };

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var dimensions = new TagList();
        foreach (var (name, value) in _dimensions)
        {
            dimensions.Add(name, value(execution));
        }

        execution.Tokens.Add(_instruments, dimensions);
        return new(PolicyFlow.Continue);
    }

    private static (string Name, Func<PolicyExecution, string> Value) ReadDimension(PolicyElementReader dimension)
    {
        var name = dimension.Literal("name");
        return (name, dimension.OptionalValue<string>("value") is { } value ? value.Get : Defaults.GetValueOrDefault(name)
            ?? throw dimension.Wrong($"<dimension> needs the attribute value, except for those that the local gateway knows by name: {string.Join(", ", Defaults.Keys.Order(StringComparer.Ordinal))}."));
    }
}
