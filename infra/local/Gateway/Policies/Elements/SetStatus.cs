using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-status</c>: the status code of the response, and the words that go with it.</summary>
internal sealed class SetStatus(PolicyPosition position, PolicyValue<int> code, PolicyValue<string>? reason) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-status", PolicySections.Outbound | PolicySections.OnError, Read);

    public static SetStatus Read(PolicyElementReader reader)
    {
        var code = reader.Value<int>("code");
        return code.TryGetLiteral(out var literal) && !IsValid(literal)
            ? throw reader.Wrong("the attribute code of <set-status> goes from 200 to 599.")
            : new SetStatus(reader.Position, code, reader.OptionalValue<string>("reason"));
    }

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var status = code.Get(execution);
        if (!IsValid(status))
        {
            return new(execution.Fail(PolicyError.InvalidValue(position, $"{status} is no status code.")));
        }

        execution.Response!.StatusCode = status;
        execution.Response.StatusReason = reason?.Get(execution) ?? ResponseState.ReasonOf(status);
        return new(PolicyFlow.Continue);
    }

    private static bool IsValid(int status) => status is >= 200 and <= 599;
}
