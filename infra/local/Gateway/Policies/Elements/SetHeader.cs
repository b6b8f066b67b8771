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

    public static PolicyElement Element { get; } = new(
        "set-header", PolicySections.All, reader => Read(reader, ofResponse: (reader.Section & (PolicySections.Outbound | PolicySections.OnError)) != 0));

    public static SetHeader Read(PolicyElementReader reader, bool ofResponse)
    {
        var name = reader.Value<string>("name");
        if (name.TryGetLiteral(out var literal) && Fixed.Contains(literal))
        {
            throw reader.Wrong($"<set-header> can not change {literal}.");
        }

        return new SetHeader(reader.Position, name, ExistsAction.Read(reader), [.. reader.Children("value").Select(value => value.Text())], ofResponse);
    }

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var headers = ofResponse ? execution.ResponseHeaders : execution.Request.Http.Headers;
        var header = name.Get(execution);
        var value = ExistsAction.Apply(existsAction.Get(execution), headers[header], values, execution);
        try
        {
            if (value.Count == 0)
            {
                headers.Remove(header);
            }
            else
            {
                headers[header] = value;
            }

            return new(PolicyFlow.Continue);
        }
        catch (InvalidOperationException exception)
        {
            // An expression has made a value that no header can have.
            return new(execution.Fail(PolicyError.InvalidValue(position, exception.Message), exception));
        }
    }
}
