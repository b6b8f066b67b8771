using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>trace</c>: adds a message to the request's record.</summary>
internal sealed class Trace(
    string source, string severity, PolicyValue<string> message, IReadOnlyList<(PolicyValue<string> Name, PolicyValue<string> Value)> metadata) : IPolicy
{
    public static PolicyElement Element { get; } = new("trace", PolicySections.All, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var properties = metadata.Count == 0 ? null : metadata.Select(entry => (Name: entry.Name.GetRequired(execution), Value: entry.Value.Get(execution) ?? ""))
            .DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => property.Value);
        execution.Record.Traces.Add(new TraceRecord(source, severity, message.Get(execution) ?? "", properties));
        return new(PolicyFlow.Continue);
    }

    private static Trace Read(PolicyElementReader reader)
    {
        var children = reader.Children("message", "metadata");
        var messages = children.Where(child => child.Name == "message").ToList();
        if (messages.Count != 1)
        {
            throw reader.Wrong("<trace> needs one <message>.");
        }

        return new Trace(
            reader.Literal("source"),
            reader.Choice("severity", "verbose", "information", "error"),
            messages[0].Text(),
            [.. children.Where(child => child.Name == "metadata").Select(child => (child.Value<string>("name"), child.Value<string>("value")))]);
    }
}
