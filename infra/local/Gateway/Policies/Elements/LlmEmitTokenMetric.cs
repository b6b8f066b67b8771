using System.Collections.Frozen;
using System.Diagnostics;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>llm-emit-token-metric</c>: counts the tokens of the request in metrics, once the model has said how many they are.</summary>
internal sealed class LlmEmitTokenMetric(TokenInstruments instruments, (string Name, Func<PolicyExecution, string> Value)[] dimensions) : PolicyStep
{
    private const int MostCustomDimensions = 5;

    // The dimensions that need no value; API Management has more of them.
    private static readonly FrozenDictionary<string, Func<PolicyExecution, string>> Defaults = new Dictionary<string, Func<PolicyExecution, string>>
    {
        ["API ID"] = static execution => execution.Services.Api.Id,
        ["Operation ID"] = static execution => execution.Call?.Operation.Id ?? "",
        ["Subscription ID"] = static execution => execution.Subscription?.Id ?? "",
    }.ToFrozenDictionary();

    public static PolicyElement Element { get; } = new("llm-emit-token-metric", PolicySections.Inbound, Read);

    /// <summary>Its older name, from when it only knew Azure OpenAI.</summary>
    public static PolicyElement OlderElement { get; } = Element with { Name = "azure-openai-emit-token-metric" };

    protected override void Run(PolicyExecution execution)
    {
        var tags = new TagList();
        foreach (var (name, value) in dimensions)
        {
            tags.Add(name, value(execution));
        }

        execution.Tokens.Add(instruments, tags);
    }

    private static LlmEmitTokenMetric Read(PolicyElementReader reader)
    {
        var dimensions = reader.Children("dimension").Select(ReadDimension).ToArray();
        return dimensions.Length == 0 || dimensions.Count(dimension => dimension.Value.Target is PolicyValue<string>) > MostCustomDimensions
            ? throw reader.Wrong($"<{reader.Name}> needs a <dimension>, and takes at most {MostCustomDimensions} with a value.")
            : new LlmEmitTokenMetric(reader.Loader.Metrics.Open(reader.OptionalLiteral("namespace") ?? "API Management"), dimensions);
    }

    private static (string Name, Func<PolicyExecution, string> Value) ReadDimension(PolicyElementReader dimension)
    {
        var name = dimension.Literal("name");
        return (name, dimension.OptionalValue<string>("value") is { } value ? value.Get : Defaults.GetValueOrDefault(name)
            ?? throw dimension.Wrong($"<dimension> needs the attribute value, except for those that the local gateway knows by name: {string.Join(", ", Defaults.Keys.Order(StringComparer.Ordinal))}."));
    }
}
