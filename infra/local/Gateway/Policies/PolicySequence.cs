using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>Policies that run one after the other. An expression that throws is an error of the policy it stands in.</summary>
internal sealed class PolicySequence(IEnumerable<(IPolicy Policy, PolicyPosition Position)> policies) : IPolicy
{
    private readonly (IPolicy Policy, PolicyPosition Position)[] _policies = [.. policies];

    public async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        foreach (var (policy, position) in _policies)
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
