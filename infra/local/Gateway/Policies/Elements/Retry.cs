using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>retry</c>: its policies once, then again as long as the condition holds and the count is not used up. A call that
/// brings no response ends the round early and leaves <c>context.Response</c> null; the condition decides about that too.
/// Only when no round is left does its error count.
/// </summary>
/// <remarks>
/// Many policies have a condition that reads <c>context.Response.StatusCode</c> and an on-error section that looks for 503.
/// For them a call without a response must not become an error of the condition: then its own error counts, at once.
/// </remarks>
internal sealed class Retry(
    PolicyValue<bool> condition, PolicyValue<int> count, PolicyValue<int> interval, PolicyValue<bool> firstFastRetry, PolicySequence policies) : IPolicy
{
    // No caller waits longer, and timers have an end.
    private const int LongestInterval = 86_400;

    public static PolicyElement Element { get; } = new("retry", PolicySections.All, Read);

    public async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        for (var retry = 1; ; retry++)
        {
            var flow = await policies.RunAsync(execution);
            if (!MayRetry(flow, execution) || retry > count.Get(execution))
            {
                return flow;
            }

            execution.Error = null;
            var wait = retry == 1 && firstFastRetry.Get(execution) ? 0 : Math.Min(interval.Get(execution), LongestInterval);
            if (wait > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(wait), execution.Services.Time, execution.CallerGone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (execution.CallerGone.IsCancellationRequested)
            {
                return PolicyFlow.Abandon;
            }
        }
    }

    private static Retry Read(PolicyElementReader reader) => new(
        reader.Value<bool>("condition"),
        reader.Number("count", 1, 50),
        reader.Number("interval", 0),
        reader.OptionalValue<bool>("first-fast-retry") ?? PolicyValue<bool>.Literal(false),
        reader.Policies());

    private bool MayRetry(PolicyFlow flow, PolicyExecution execution)
    {
        if (flow == PolicyFlow.Continue)
        {
            return condition.Get(execution);
        }

        try
        {
            return flow == PolicyFlow.Fail && execution.Error!.IsOfCall && condition.Get(execution);
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
