using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-variable</c>: keeps a value for the rest of the request. A literal is a string.</summary>
internal sealed class SetVariable(string name, PolicyValue<object> value) : PolicyStep
{
    public static PolicyElement Element { get; } = new(
        "set-variable", PolicySections.All, reader => new SetVariable(reader.Literal("name"), reader.Value<object>("value")));

    protected override void Run(PolicyExecution execution) => execution.Variables[name] = value.Get(execution);
}
