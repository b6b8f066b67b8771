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
    private readonly PolicyValue<int>? _delta;
    private readonly PolicyValue<int>? _maxInterval;
    private readonly PolicyValue<bool> _firstFastRetry;
    private readonly PolicySequence _policies;

    private Retry(PolicyElementReader reader)
    {
        _condition = reader.Value<bool>("condition");
        _count = reader.Value<int>("count");
        _interval = reader.Value<int>("interval");
        _delta = reader.OptionalValue<int>("delta");
        _maxInterval = reader.OptionalValue<int>("max-interval");
        _firstFastRetry = reader.OptionalValue<bool>("first-fast-retry") ?? PolicyValue<bool>.Literal(false);
        _policies = reader.Policies();

        if (_count.TryGetLiteral(out var count) && count is < 1 or > 50)
        {
            throw reader.Wrong("the attribute count of <retry> goes from 1 to 50.");
        }

        if (new[] { _interval, _delta, _maxInterval }.Any(time => time is not null && time.TryGetLiteral(out var seconds) && seconds < 0))
        {
            throw reader.Wrong("the intervals of <retry> are not negative.");
        }

        if (_maxInterval is not null && _delta is null)
        {
            throw reader.Wrong("the attribute max-interval of <retry> needs the attribute delta.");
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

            execution.ClearError();
            if (!await WaitAsync(retry, execution))
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

        if (flow != PolicyFlow.Fail || !execution.Error!.IsOfCall)
        {
            return false;
        }

        try
        {
            return _condition.Get(execution);
        }
        catch (ExpressionException exception)
        {
            execution.Services.Log.ConditionFailed(execution.Record.RequestId, exception.Message);
            return false;
        }
    }

    // False when the caller has not waited.
    private async ValueTask<bool> WaitAsync(int retry, PolicyExecution execution)
    {
        var wait = retry == 1 && _firstFastRetry.Get(execution) ? TimeSpan.Zero : Interval(retry, execution);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, execution.Services.Time, execution.CallerGone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !execution.CallerGone.IsCancellationRequested;
    }

    // Fixed, linear or exponential, as the attributes that are there say.
    private TimeSpan Interval(int retry, PolicyExecution execution)
    {
        double seconds = _interval.Get(execution);
        if (_delta?.Get(execution) is { } delta)
        {
            seconds += _maxInterval is null
                ? (retry - 1) * delta
                : (Math.Pow(2, retry - 1) - 1) * delta * (0.8 + (0.4 * Random.Shared.NextDouble()));
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, Math.Min(_maxInterval?.Get(execution) ?? LongestInterval, LongestInterval)));
    }
}
