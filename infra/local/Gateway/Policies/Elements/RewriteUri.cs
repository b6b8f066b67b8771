using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>rewrite-uri</c>: another path for the backend, below its own address; the caller's query goes along. The local gateway
/// puts no parameters into it: an expression can (<c>context.Request.MatchedParameters</c>).
/// </summary>
internal sealed class RewriteUri(PolicyValue<string> template) : PolicyStep
{
    public static PolicyElement Element { get; } = new("rewrite-uri", PolicySections.Inbound, reader => new RewriteUri(reader.Value<string>("template")));

    protected override void Run(PolicyExecution execution)
    {
        var path = template.GetRequired(execution);
        execution.Request.BackendPath = path.AsSpan().ContainsAny("?{}")
            ? throw new ExpressionException($"\"{path}\" must be a path, without a query and without parameters in braces.")
            : "/" + path.TrimStart('/');
    }
}
