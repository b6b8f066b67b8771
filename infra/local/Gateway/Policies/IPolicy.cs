using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>One element of a policy, ready to run. It holds no state of requests: all of that is in the execution.</summary>
internal interface IPolicy
{
    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution);
}

/// <summary>A policy that is always followed by the next one, unless an expression throws.</summary>
internal abstract class PolicyStep : IPolicy
{
    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        Run(execution);
        return new(PolicyFlow.Continue);
    }

    protected abstract void Run(PolicyExecution execution);
}

/// <summary>What follows a policy.</summary>
internal enum PolicyFlow
{
    /// <summary>The next policy.</summary>
    Continue,

    /// <summary>The answer, as it is: return-response.</summary>
    Return,

    /// <summary>The on-error section; the error is with the execution.</summary>
    Fail,

    /// <summary>Nothing: the caller has gone.</summary>
    Abandon,
}

/// <summary>Where an element stands in the policy, as <c>context.LastError</c> tells it. A built-in step has neither section nor path.</summary>
internal sealed record PolicyPosition(string Element, string? Section, string? Path);

/// <summary>A policy, ready to run, section by section.</summary>
internal sealed record PolicyDocument(IPolicy Inbound, IPolicy Backend, IPolicy Outbound, IPolicy OnError);

/// <summary>Policies that run one after the other. An expression that throws is an error of the policy it stands in.</summary>
internal sealed class PolicySequence((IPolicy Policy, PolicyPosition Position)[] policies) : IPolicy
{
    public async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        foreach (var (policy, position) in policies)
        {
            try
            {
                var flow = await policy.RunAsync(execution);
                if (flow != PolicyFlow.Continue)
                {
                    return flow;
                }
            }
            catch (ExpressionException exception)
            {
                return execution.Fail(PolicyError.ExpressionFailed(position, exception.Message), exception);
            }
        }

        return PolicyFlow.Continue;
    }
}
