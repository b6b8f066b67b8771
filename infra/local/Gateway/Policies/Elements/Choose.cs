using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>choose</c>: the policies of the first <c>when</c> whose condition holds, or those of <c>otherwise</c>.</summary>
internal sealed class Choose((PolicyValue<bool> Condition, PolicySequence Policies)[] cases) : IPolicy
{
    public static PolicyElement Element { get; } = new("choose", PolicySections.All, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        foreach (var (condition, policies) in cases)
        {
            if (condition.Get(execution))
            {
                return policies.RunAsync(execution);
            }
        }

        return new(PolicyFlow.Continue);
    }

    private static Choose Read(PolicyElementReader reader)
    {
        var children = reader.Children("when", "otherwise");
        reader.ThrowIf(children.Count == 0 || children[0].Name != "when", "<choose> begins with a <when>.");
        foreach (var child in children.SkipLast(1))
        {
            child.ThrowIf(child.Name == "otherwise", "<otherwise> comes last, and once.");
        }

        return new Choose([.. children.Select(child =>
            (child.Name == "when" ? child.Value<bool>("condition") : PolicyValue<bool>.Literal(true), child.Policies()))]);
    }
}
