using System.Diagnostics;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>llm-emit-token-metric</c>: counts the tokens of the request in metrics, once the model has said how many they are.</summary>
internal sealed class LlmEmitTokenMetric : IPolicy
{
    private const int MostCustomDimensions = 5;

    private readonly string _namespace;
    private readonly bool _namesBackend;
    private readonly List<(PolicyValue<string> Name, Func<PolicyExecution, string> Value)> _dimensions = [];

    private LlmEmitTokenMetric(PolicyElementReader reader)
    {
        _namespace = reader.OptionalLiteral("namespace") ?? "API Management";
        reader.Loader.MetricNamespaces.Add(_namespace);
        var children = reader.Children("dimension");
        if (children.Count == 0)
        {
            throw reader.Wrong($"<{reader.Name}> needs a <dimension>.");
        }

        var custom = 0;
        foreach (var child in children)
        {
            var name = child.Value<string>("name");
            if (child.OptionalValue<string>("value") is { } value)
            {
                custom++;
                _dimensions.Add((name, value.Get));
            }
            else if (name.TryGetLiteral(out var literal) && literal == MetricDimensions.BackendId)
            {
                _namesBackend = true;
            }
            else
            {
                _dimensions.Add((name, DefaultValue(child, name)));
            }
        }

        if (custom > MostCustomDimensions)
        {
            throw reader.Wrong($"<{reader.Name}> takes at most {MostCustomDimensions} dimensions with a value.");
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
            dimensions.Add(name.Get(execution), value(execution));
        }

        execution.Tokens.Add(new TokenMetricUse(_namespace, dimensions, _namesBackend));
        return new(PolicyFlow.Continue);
    }

    private static Func<PolicyExecution, string> DefaultValue(PolicyElementReader dimension, PolicyValue<string> name) =>
        (name.TryGetLiteral(out var literal) ? MetricDimensions.Find(literal) : null)
        ?? throw dimension.Wrong($"<dimension> needs the attribute value, except for those that the local gateway knows by name: {string.Join(", ", MetricDimensions.Known)}.");
}
