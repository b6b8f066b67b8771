using System.Buffers;
using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>set-header</c>: sets, adds to or removes a header; of the request in the inbound and backend sections, of the response
/// in the others and in return-response.
/// </summary>
internal sealed class SetHeader(
    PolicyPosition position, PolicyValue<string> name, PolicyValue<string> existsAction, IReadOnlyList<PolicyValue<string>> values, bool ofResponse) : IPolicy
{
    // They belong to the connection, and API Management leaves them alone too.
    private static readonly FrozenSet<string> Fixed =
        new[] { "Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static PolicyElement Element { get; } = new(
        "set-header", PolicySections.All, reader => Read(reader, ofResponse: (reader.Section & (PolicySections.Outbound | PolicySections.OnError)) != 0));

    public static SetHeader Read(PolicyElementReader reader, bool ofResponse)
    {
        var name = reader.Value<string>("name");
        if (name.TryGetLiteral(out var literal))
        {
            if (Fixed.Contains(literal))
            {
                throw reader.Wrong($"<set-header> can not change {literal}.");
            }

            if (!ofResponse && literal.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                throw reader.Wrong("the local gateway can not change Host: it is the one in the backend's address.");
            }

            if (!IsName(literal))
            {
                throw reader.Wrong($"\"{literal}\" is no name of a header.");
            }
        }

        return new SetHeader(reader.Position, name, ExistsAction.Read(reader), [.. reader.Children("value").Select(value => value.Text())], ofResponse);
    }

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution) =>
        new(Apply(Evaluate(execution), ofResponse ? execution.ResponseHeaders : execution.Request.Http.Headers, execution));

    /// <summary>What is to change for one request.</summary>
    public HeaderChange Evaluate(PolicyExecution execution)
    {
        var action = existsAction.GetRequired(execution);
        return new HeaderChange(name.GetRequired(execution), action, ExistsAction.Evaluate(action, values, execution));
    }

    /// <summary>Makes the change.</summary>
    public PolicyFlow Apply(HeaderChange change, IHeaderDictionary headers, PolicyExecution execution)
    {
        if (!IsName(change.Name))
        {
            return execution.Fail(PolicyError.InvalidValue(position, $"\"{change.Name}\" is no name of a header."));
        }

        var value = ExistsAction.Apply(change.Action, headers[change.Name], change.Values);
        try
        {
            if (value.Count == 0)
            {
                headers.Remove(change.Name);
            }
            else
            {
                headers[change.Name] = value;
            }

            return PolicyFlow.Continue;
        }
        catch (InvalidOperationException exception)
        {
            // An expression has made a value that no header can have.
            return execution.Fail(PolicyError.InvalidValue(position, exception.Message), exception);
        }
    }

    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}
