using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>rewrite-uri</c>: another path for the backend, below its own address; the caller's query goes along. The local gateway
/// puts no parameters into it: an expression can (<c>context.Request.MatchedParameters</c>).
/// </summary>
internal sealed class RewriteUri(PolicyPosition position, PolicyValue<string> template) : IPolicy
{
    public static PolicyElement Element { get; } = new(
        "rewrite-uri", PolicySections.Inbound, reader => new RewriteUri(reader.Position, reader.Value<string>("template")));

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var path = template.GetRequired(execution);
        if (path.AsSpan().ContainsAny("?{}"))
        {
            return new(execution.Fail(PolicyError.ExpressionFailed(position, $"\"{path}\" must be a path, without a query and without parameters in braces.")));
        }

        execution.Request.BackendPath = "/" + path.TrimStart('/');
        return new(PolicyFlow.Continue);
    }
}
