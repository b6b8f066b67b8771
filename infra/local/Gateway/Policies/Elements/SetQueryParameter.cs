using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-query-parameter</c>: sets, adds to or removes a parameter of the query that goes to the backend.</summary>
internal sealed class SetQueryParameter(PolicyValue<string> name, PolicyValue<string> existsAction, IReadOnlyList<PolicyValue<string>> values) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-query-parameter", PolicySections.Inbound | PolicySections.Backend, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var request = execution.Request.Http;
        var parameter = name.GetRequired(execution);
        var action = existsAction.GetRequired(execution);

        // A query that does not change keeps the very encoding that the caller chose.
        var existing = request.QueryString.HasValue ? request.Query[parameter] : StringValues.Empty;
        var value = ExistsAction.Apply(action, existing, ExistsAction.Evaluate(action, values, execution));
        if (value != existing)
        {
            var query = QueryHelpers.ParseQuery(request.QueryString.Value);
            if (value.Count > 0)
            {
                query[parameter] = value;
            }
            else
            {
                query.Remove(parameter);
            }

            request.QueryString = QueryString.Create(query);
        }

        return new(PolicyFlow.Continue);
    }

    private static SetQueryParameter Read(PolicyElementReader reader) =>
        new(reader.Value<string>("name"), ExistsAction.Read(reader), [.. reader.Children("value").Select(value => value.Text())]);
}
