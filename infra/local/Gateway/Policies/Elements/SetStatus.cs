using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-status</c>: the status code of the response, and the words that go with it.</summary>
internal sealed class SetStatus(PolicyPosition position, PolicyValue<int> code, PolicyValue<string> reason) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-status", PolicySections.All, Read);

    public static SetStatus Read(PolicyElementReader reader)
    {
        var code = reader.Value<int>("code");
        return code.TryGetLiteral(out var literal) && !IsValid(literal)
            ? throw reader.Wrong("the attribute code of <set-status> goes from 200 to 599.")
            : new SetStatus(reader.Position, code, reader.Value<string>("reason"));
    }

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution) => new(execution.Response is { } response
        ? Apply(execution, response)
        : execution.Fail(PolicyError.ExpressionFailed(position, "There is no response yet whose status could be set.")));

    public PolicyFlow Apply(PolicyExecution execution, ResponseState response)
    {
        var status = code.Get(execution);
        if (!IsValid(status))
        {
            return execution.Fail(PolicyError.ExpressionFailed(position, $"{status} is no status code."));
        }

        response.SetStatus(status, reason.Get(execution));
        return PolicyFlow.Continue;
    }

    private static bool IsValid(int status) => status is >= 200 and <= 599;
}
