using System.Text;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-body</c>: puts another body in the place of the request's, or of the response's in outbound and on-error.</summary>
internal sealed class SetBody(PolicyValue<string> text, bool ofResponse) : IPolicy
{
    public static PolicyElement Element { get; } = new(
        "set-body", PolicySections.All, reader => Read(reader, ofResponse: (reader.Section & (PolicySections.Outbound | PolicySections.OnError)) != 0));

    public static SetBody Read(PolicyElementReader reader, bool ofResponse)
    {
        reader.Refuse("template", "write an expression in place of the template");
        return new(reader.Text(), ofResponse);
    }

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var bytes = Evaluate(execution);
        if (ofResponse)
        {
            execution.Response!.SetContent(bytes);
        }
        else
        {
            execution.Request.Content = bytes;
        }

        return new(PolicyFlow.Continue);
    }

    /// <summary>The body for one request.</summary>
    public byte[] Evaluate(PolicyExecution execution) => Encoding.UTF8.GetBytes(text.Get(execution) ?? "");
}
