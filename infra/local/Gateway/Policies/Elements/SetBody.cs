using System.Text;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-body</c>: puts another body in the place of the request's, or of the response's where there is one.</summary>
internal sealed class SetBody(PolicyValue<string> text, bool ofResponse) : IPolicy
{
    public static PolicyElement Element { get; } = new(
        "set-body", PolicySections.All, reader => Read(reader, ofResponse: (reader.Section & (PolicySections.Outbound | PolicySections.OnError)) != 0));

    public static SetBody Read(PolicyElementReader reader, bool ofResponse) => new(reader.Text(), ofResponse);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Get(execution) ?? "");
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
}
