using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Expressions.Context;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>The attribute <c>exists-action</c> of set-header and set-query-parameter: what happens to a value that is there.</summary>
internal static class ExistsAction
{
    private const string Override = "override";
    private const string Skip = "skip";
    private const string Append = "append";
    private const string Delete = "delete";

    public static PolicyValue<string> Read(PolicyElementReader reader)
    {
        var action = reader.OptionalValue<string>("exists-action") ?? PolicyValue<string>.Literal(Override);
        if (action.TryGetLiteral(out var literal) && literal is not (Override or Skip or Append or Delete))
        {
            throw reader.Wrong($"the attribute exists-action of <{reader.Name}> is \"{literal}\"; it must be {Override}, {Skip}, {Append} or {Delete}.");
        }

        return action;
    }

    /// <summary>What is to stand in the place of <paramref name="existing"/>; nothing when it is to go.</summary>
    public static StringValues Apply(string action, StringValues existing, StringValues values) => action switch
    {
        Delete => StringValues.Empty,
        Skip when existing.Count > 0 => existing,
        Append => StringValues.Concat(existing, values),
        Skip or Override => values,
        _ => throw new ExpressionException($"exists-action is \"{action}\"; it must be {Override}, {Skip}, {Append} or {Delete}."),
    };

    /// <summary>The values to set; none when the action is to delete, which looks at none.</summary>
    public static StringValues Evaluate(string action, IReadOnlyList<PolicyValue<string>> values, IPolicyContext context)
    {
        if (action == Delete)
        {
            return StringValues.Empty;
        }

        if (values.Count == 1)
        {
            return values[0].Get(context);
        }

        var texts = new string[values.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = values[i].Get(context);
        }

        return texts;
    }
}
