using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>trace</c>: adds a message to the request's record.</summary>
internal sealed class Trace(
    string source, string severity, PolicyValue<string> message, IReadOnlyList<(PolicyValue<string> Name, PolicyValue<string> Value)> metadata) : PolicyStep
{
    public static PolicyElement Element { get; } = new("trace", PolicySections.All, Read);

    protected override void Run(PolicyExecution execution)
    {
        var properties = metadata.Count == 0 ? null : metadata.Select(entry => (Name: entry.Name.GetRequired(execution), Value: entry.Value.Get(execution) ?? ""))
            .DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => property.Value);
        execution.Record.Traces.Add(new TraceRecord(source, severity, message.Get(execution) ?? "", properties));
    }

    private static Trace Read(PolicyElementReader reader)
    {
        var children = reader.Children("message", "metadata");
        var messages = children.Where(child => child.Name == "message").ToList();
        reader.ThrowIf(messages.Count != 1, "<trace> needs one <message>.");
        return new Trace(
            reader.Literal("source"),
            reader.Choice("severity", "verbose", "information", "error"),
            messages[0].Text(),
            [.. children.Where(child => child.Name == "metadata").Select(child => (child.Value<string>("name"), child.Value<string>("value")))]);
    }
}
