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
internal sealed class Retry : IPolicy
{
    // No caller waits longer, and timers have an end.
    private const int LongestInterval = 86_400;

    private readonly PolicyValue<bool> _condition;
    private readonly PolicyValue<int> _count;
    private readonly PolicyValue<int> _interval;
    private readonly PolicyValue<bool> _firstFastRetry;
    private readonly PolicySequence _policies;

    private Retry(PolicyElementReader reader)
    {
        _condition = reader.Value<bool>("condition");
        _count = reader.Value<int>("count");
        _interval = reader.Value<int>("interval");
        _firstFastRetry = reader.OptionalValue<bool>("first-fast-retry") ?? PolicyValue<bool>.Literal(false);
        _policies = reader.Policies();

        if (_count.TryGetLiteral(out var count) && count is < 1 or > 50)
        {
            throw reader.Wrong("the attribute count of <retry> goes from 1 to 50.");
        }
    }

    public static PolicyElement Element { get; } = new("retry", PolicySections.All, reader => new Retry(reader));

    public async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        for (var retry = 1; ; retry++)
        {
            var flow = await _policies.RunAsync(execution);
            if (!MayRetry(flow, execution) || retry > _count.Get(execution))
            {
                return flow;
            }

            execution.Error = null;
            var wait = retry == 1 && _firstFastRetry.Get(execution) ? 0 : Math.Min(_interval.Get(execution), LongestInterval);
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

    private bool MayRetry(PolicyFlow flow, PolicyExecution execution)
    {
        if (flow == PolicyFlow.Continue)
        {
            return _condition.Get(execution);
        }

        try
        {
            return flow == PolicyFlow.Fail && execution.Error!.IsOfCall && _condition.Get(execution);
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
