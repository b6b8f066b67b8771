using System.Text.RegularExpressions;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>rewrite-uri</c>: another path, and parameters, for the backend, below its own address. <c>{name}</c> stands for a
/// parameter of the operation's URL template. The caller's query goes along unless copy-unmatched-params forbids it:
/// operations here have no query in their templates, so none of it is matched.
/// </summary>
internal sealed partial class RewriteUri(PolicyPosition position, PolicyValue<string> template, bool copyQuery) : IPolicy
{
    public static PolicyElement Element { get; } = new("rewrite-uri", PolicySections.Inbound, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var request = execution.Request;
        var parameters = request.MatchedParameters;
        string? unknown = null;
        var target = Parameter().Replace(template.GetRequired(execution), match =>
        {
            var name = match.Groups[1].Value;
            if (parameters.TryGetValue(name, out var value))
            {
                // A slash that came encoded stays so.
                return new PathString("/" + value).ToUriComponent()[1..];
            }

            unknown = name;
            return "";
        });
        if (unknown is not null)
        {
            return new(execution.Fail(PolicyError.InvalidValue(position, $"The operation has no parameter {unknown}.")));
        }

        var queryStart = target.IndexOf('?', StringComparison.Ordinal);
        var query = queryStart < 0 ? QueryString.Empty : new QueryString(target[queryStart..]);
        request.Rewrite("/" + (queryStart < 0 ? target : target[..queryStart]).TrimStart('/'), copyQuery ? query.Add(request.Http.QueryString) : query);
        return new(PolicyFlow.Continue);
    }

    private static RewriteUri Read(PolicyElementReader reader) =>
        new(reader.Position, reader.Value<string>("template"), reader.Choice("copy-unmatched-params", "true", "false") == "true");

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Parameter();
}
