using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>rewrite-uri</c>: another path for the backend, below its own address; the caller's query goes along. The local gateway
/// puts no parameters into it: an expression can (<c>context.Request.MatchedParameters</c>).
/// </summary>
internal sealed class RewriteUri(PolicyPosition position, PolicyValue<string> template) : IPolicy
{
    private const string Known = "must be a path, without a query and without parameters in braces";

    public static PolicyElement Element { get; } = new("rewrite-uri", PolicySections.Inbound, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var path = template.GetRequired(execution);
        if (!IsPath(path))
        {
            return new(execution.Fail(PolicyError.ExpressionFailed(position, $"\"{path}\" {Known}.")));
        }

        execution.Request.BackendPath = "/" + path.TrimStart('/');
        return new(PolicyFlow.Continue);
    }

    private static RewriteUri Read(PolicyElementReader reader)
    {
        var template = reader.Value<string>("template");
        return template.TryGetLiteral(out var path) && !IsPath(path)
            ? throw reader.Wrong($"the attribute template of <rewrite-uri> is \"{path}\"; here it {Known}.")
            : new RewriteUri(reader.Position, template);
    }

    private static bool IsPath(string text) => !text.AsSpan().ContainsAny("?{}");
}
