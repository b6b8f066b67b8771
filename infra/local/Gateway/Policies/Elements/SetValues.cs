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
internal sealed class SetHeader(PolicyPosition position, PolicyValue<string> name, SetValue value, bool ofResponse) : IPolicy
{
    // They belong to the connection, and API Management leaves them alone too.
    private static readonly FrozenSet<string> Fixed =
        new[] { "Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static PolicyElement Element { get; } = new("set-header", PolicySections.All, reader => Read(reader, reader.IsAboutResponse));

    public static SetHeader Read(PolicyElementReader reader, bool ofResponse)
    {
        var name = reader.Value<string>("name");
        if (name.TryGetLiteral(out var literal) && Fixed.Contains(literal))
        {
            throw reader.Wrong($"<set-header> can not change {literal}.");
        }

        return new SetHeader(reader.Position, name, SetValue.Read(reader), ofResponse);
    }

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution) =>
        new(Apply(execution, ofResponse ? execution.ResponseHeaders : execution.Request.Http.Headers));

    /// <summary>Sets it on an answer, whose headers are those of the connection.</summary>
    public PolicyFlow Apply(PolicyExecution execution, ResponseState answer) => Apply(execution, execution.ResponseHeaders);

    private PolicyFlow Apply(PolicyExecution execution, IHeaderDictionary headers)
    {
        var header = name.GetRequired(execution);
        if (!IsName(header))
        {
            return execution.Fail(PolicyError.ExpressionFailed(position, $"\"{header}\" is no name of a header."));
        }

        try
        {
            // None removes it.
            headers[header] = value.Evaluate(execution);
            return PolicyFlow.Continue;
        }
        catch (InvalidOperationException exception)
        {
            // An expression has made a value that no header can have.
            return execution.Fail(PolicyError.ExpressionFailed(position, exception.Message), exception);
        }
    }

    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}

/// <summary><c>set-query-parameter</c>: sets or removes a parameter of the query that goes to the backend.</summary>
internal sealed class SetQueryParameter(PolicyValue<string> name, SetValue value) : IPolicy
{
    public static PolicyElement Element { get; } = new(
        "set-query-parameter",
        PolicySections.Inbound | PolicySections.Backend,
        reader => new SetQueryParameter(reader.Value<string>("name"), SetValue.Read(reader)));

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
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

        return new(PolicyFlow.Continue);
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
        if (action.TryGetLiteral(out var literal) && literal is not (Override or Delete))
        {
            throw reader.Wrong($"the attribute exists-action of <{reader.Name}> is \"{literal}\"; {Known}.");
        }

        return reader.Children("value") is { Count: <= 1 } values
            ? new SetValue(action, values.Count == 0 ? null : values[0].Text())
            : throw reader.Wrong($"<{reader.Name}> takes one <value>.");
    }

    /// <summary>The value for one request; null when what is there is to go.</summary>
    public string? Evaluate(IPolicyContext context) => action.GetRequired(context) switch
    {
        Delete => null,
        Override => value?.Get(context),
        var other => throw new ExpressionException($"exists-action is \"{other}\"; {Known}."),
    };
}
