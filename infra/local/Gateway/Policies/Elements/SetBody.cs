using System.Text;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-body</c>: puts another body in the place of the request's, or of the response's in outbound and on-error.</summary>
internal sealed class SetBody(PolicyValue<string> text, bool ofResponse) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-body", PolicySections.All, reader => Read(reader, reader.IsAboutResponse));

    public static SetBody Read(PolicyElementReader reader, bool ofResponse) => new(reader.Text(), ofResponse);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        if (ofResponse)
        {
            return new(Apply(execution, execution.Response!));
        }

        execution.Request.Content = Evaluate(execution);
        return new(PolicyFlow.Continue);
    }

    public PolicyFlow Apply(PolicyExecution execution, ResponseState response)
    {
        response.SetContent(Evaluate(execution));
        return PolicyFlow.Continue;
    }

    private byte[] Evaluate(PolicyExecution execution) => Encoding.UTF8.GetBytes(text.Get(execution) ?? "");
}
