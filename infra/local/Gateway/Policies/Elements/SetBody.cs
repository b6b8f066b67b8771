using System.Text;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-body</c>: puts another body in the place of the request's, or of the response's in outbound and on-error.</summary>
internal sealed class SetBody(PolicyValue<string> text, bool ofResponse) : PolicyStep
{
    public static PolicyElement Element { get; } = new("set-body", PolicySections.All, reader => Read(reader, reader.IsAboutResponse));

    public static SetBody Read(PolicyElementReader reader, bool ofResponse) => new(reader.Text(), ofResponse);

    protected override void Run(PolicyExecution execution)
    {
        if (ofResponse)
        {
            Apply(execution, execution.Response!);
        }
        else
        {
            execution.Request.Content = Evaluate(execution);
        }
    }

    public void Apply(PolicyExecution execution, ResponseState response) => response.SetContent(Evaluate(execution));

    private byte[] Evaluate(PolicyExecution execution) => Encoding.UTF8.GetBytes(text.Get(execution) ?? "");
}
