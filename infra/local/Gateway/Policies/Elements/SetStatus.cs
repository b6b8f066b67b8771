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

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        if (execution.Response is not { } response)
        {
            return new(execution.Fail(PolicyError.InvalidValue(position, "There is no response yet whose status could be set.")));
        }

        if (Evaluate(execution) is not { } status)
        {
            return new(PolicyFlow.Fail);
        }

        response.SetStatus(status.Code, status.Reason);
        return new(PolicyFlow.Continue);
    }

    /// <summary>The status for one request; null, and an error of the execution, when it is none.</summary>
    public StatusLine? Evaluate(PolicyExecution execution)
    {
        var status = code.Get(execution);
        if (IsValid(status))
        {
            return new StatusLine(status, reason.Get(execution) ?? ResponseState.ReasonOf(status));
        }

        execution.Fail(PolicyError.InvalidValue(position, $"{status} is no status code."));
        return null;
    }

    private static bool IsValid(int status) => status is >= 200 and <= 599;
}
