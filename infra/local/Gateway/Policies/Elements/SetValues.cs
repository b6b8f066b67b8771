using System.Buffers;
using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using Microsoft.AspNetCore.WebUtilities;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>set-header</c>: sets or removes a header; of the request in the inbound and backend sections, of the response in the
/// others and in return-response.
/// </summary>
internal sealed class SetHeader(PolicyValue<string> name, SetValue value, bool ofResponse) : PolicyStep
{
    // They belong to the connection, and API Management leaves them alone too, but for Host: here that is always the backend's own.
    private static readonly FrozenSet<string> Fixed =
        new[] { "Connection", "Content-Length", "Host", "Keep-Alive", "Transfer-Encoding" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static PolicyElement Element { get; } = new("set-header", PolicySections.All, reader => Read(reader, reader.IsAboutResponse));

    public static SetHeader Read(PolicyElementReader reader, bool ofResponse)
    {
        var name = reader.Value<string>("name");
        var problem = name.TryGetLiteral(out var literal) ? ProblemOf(literal) : null;
        reader.ThrowIf(problem is not null, problem!);
        return new SetHeader(name, SetValue.Read(reader), ofResponse);
    }

    protected override void Run(PolicyExecution execution) =>
        Apply(execution, ofResponse ? execution.ResponseHeaders : execution.Request.Http.Headers);

    /// <summary>Sets it on an answer, whose headers are those of the connection.</summary>
    public void Apply(PolicyExecution execution, ResponseState answer) => Apply(execution, execution.ResponseHeaders);

    private void Apply(PolicyExecution execution, IHeaderDictionary headers)
    {
        var header = name.GetRequired(execution);
        if (ProblemOf(header) is { } problem)
        {
            throw new ExpressionException(problem);
        }

        try
        {
            // None removes it.
            headers[header] = value.Evaluate(execution);
        }
        catch (InvalidOperationException exception)
        {
            // An expression has made a value that no header can have.
            throw new ExpressionException(exception.Message, exception);
        }
    }

    private static string? ProblemOf(string name) =>
        Fixed.Contains(name) ? $"<set-header> can not change {name}."
        : name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters) ? $"\"{name}\" is no name of a header."
        : null;
}

/// <summary><c>set-query-parameter</c>: sets or removes a parameter of the query that goes to the backend.</summary>
internal sealed class SetQueryParameter(PolicyValue<string> name, SetValue value) : PolicyStep
{
    public static PolicyElement Element { get; } = new(
        "set-query-parameter",
        PolicySections.Inbound | PolicySections.Backend,
        reader => new SetQueryParameter(reader.Value<string>("name"), SetValue.Read(reader)));

    protected override void Run(PolicyExecution execution)
    {
        var request = execution.Request.Http;
        var parameter = name.GetRequired(execution);
        var next = value.Evaluate(execution);

        // A query that does not change keeps the very encoding that the caller chose.
        if (next is null ? request.QueryString.HasValue && request.Query.ContainsKey(parameter) : request.Query[parameter] != next)
        {
            var query = QueryHelpers.ParseQuery(request.QueryString.Value);
            query.Remove(parameter);
            if (next is not null)
            {
                query[parameter] = next;
            }

            request.QueryString = QueryString.Create(query);
        }
    }
}

/// <summary>What set-header and set-query-parameter have in common: one value that replaces what is there, or the word to delete it.</summary>
internal sealed class SetValue(PolicyValue<string> action, PolicyValue<string>? value)
{
    private const string Override = "override";
    private const string Delete = "delete";
    private const string Known = $"the local gateway only knows {Override} and {Delete}";

    public static SetValue Read(PolicyElementReader reader)
    {
        var action = reader.OptionalValue<string>("exists-action") ?? PolicyValue<string>.Literal(Override);
        reader.ThrowIf(
            action.TryGetLiteral(out var literal) && literal is not (Override or Delete), $"the attribute exists-action of <{reader.Name}> is \"{literal}\"; {Known}.");
        var values = reader.Children("value");
        reader.ThrowIf(values.Count > 1, $"<{reader.Name}> takes one <value>.");
        return new SetValue(action, values.Count == 0 ? null : values[0].Text());
    }

    /// <summary>The value for one request; null when what is there is to go.</summary>
    public string? Evaluate(IPolicyContext context) => action.GetRequired(context) switch
    {
        Delete => null,
        Override => value?.Get(context),
        var other => throw new ExpressionException($"exists-action is \"{other}\"; {Known}."),
    };
}
