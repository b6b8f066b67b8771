using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>One element of a policy, ready to run. It holds no state of requests: all of that is in the execution.</summary>
internal interface IPolicy
{
    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution);
}
