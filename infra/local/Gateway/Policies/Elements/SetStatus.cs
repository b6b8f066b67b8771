using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-status</c>: the status code of the response, and the words that go with it.</summary>
internal sealed class SetStatus(PolicyPosition position, PolicyValue<int> code, PolicyValue<string> reason) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-status", PolicySections.All, Read);

    public static SetStatus Read(PolicyElementReader reader) => new(reader.Position, reader.Value<int>("code"), reader.Value<string>("reason"));

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution) => new(execution.Response is { } response
        ? Apply(execution, response)
        : execution.Fail(PolicyError.ExpressionFailed(position, "There is no response yet whose status could be set.")));

    public PolicyFlow Apply(PolicyExecution execution, ResponseState response)
    {
        var status = code.Get(execution);
        if (status is < 200 or > 599)
        {
            return execution.Fail(PolicyError.ExpressionFailed(position, $"{status} is no status code."));
        }

        response.SetStatus(status, reason.Get(execution));
        return PolicyFlow.Continue;
    }
}
