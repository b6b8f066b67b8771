using System.Diagnostics;
using System.Threading.Channels;
using ContosoSuites.Local.Host.Functions;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Local.Host.Timers;

/// <summary>
/// Runs one timer function on its schedule and on request, one run at a time.
/// </summary>
/// <remarks>
/// A run may last beyond the next occurrence. A monitored function then runs once more at once, marked as past due,
/// however many occurrences went by; one that is not monitored waits for the next. The monitor's state is in memory, so
/// unlike in Azure nothing is made up for after a restart of the host.
/// </remarks>
internal sealed partial class TimerRunner(
    TimerFunction function, TimerSchedule schedule, IServiceScopeFactory scopes, ILogger logger, TimeProvider timeProvider) : IDisposable
{
    // A timer can not be set further ahead than some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Channel<bool> _requests = Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private DateTime _last;
    private DateTime _next;
    private DateTime _updated;

    public string Name => function.Name;

    public TimerSchedule Schedule => schedule;

    /// <summary>Begins with the schedule. The first wait has begun when this returns.</summary>
    public void Start()
    {
        _next = schedule.Next(Now());
        _loop = RunAsync(_stopping.Token);
    }

    /// <summary>Asks for a run besides the schedule.</summary>
    public void Fire() => _requests.Writer.TryWrite(true);

    /// <summary>Cancels a run and ends the schedule.</summary>
    /// <param name="timeout">How long a run may take to heed its cancellation.</param>
    public async Task StopAsync(TimeSpan timeout)
    {
        await _stopping.CancelAsync();
        try
        {
            await _loop.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            LogDidNotStop(function.Name, timeout);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private DateTime Now() => timeProvider.GetUtcNow().UtcDateTime;

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            if (function.RunOnStartup)
            {
                await Task.Yield();
                await InvokeAsync(isPastDue: false, stopping);
            }

            while (!stopping.IsCancellationRequested)
            {
                bool late = Now() >= _next;
                if (late && !function.UseMonitor)
                {
                    _next = schedule.Next(Now());
                }
                else if (!late && await WaitAsync(stopping))
                {
                    await InvokeAsync(isPastDue: false, stopping);
                }
                else
                {
                    await RunOccurrenceAsync(late, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Waits for the next occurrence or for a request.</summary>
    /// <returns>Whether it was a request.</returns>
    private async Task<bool> WaitAsync(CancellationToken stopping)
    {
        while (true)
        {
            TimeSpan wait = _next - Now();
            if (wait <= TimeSpan.Zero)
            {
                return false;
            }

            using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Task<bool> requested = _requests.Reader.WaitToReadAsync(awake.Token).AsTask();
            // Rounded up: a wait of less than a millisecond would be none.
            double milliseconds = Math.Ceiling((wait < LongestWait ? wait : LongestWait).TotalMilliseconds);
            Task due = Task.Delay(TimeSpan.FromMilliseconds(milliseconds), timeProvider, awake.Token);
            await Task.WhenAny(requested, due);
            await awake.CancelAsync();
            stopping.ThrowIfCancellationRequested();
            if (_requests.Reader.TryRead(out _))
            {
                return true;
            }
        }
    }

    private async Task RunOccurrenceAsync(bool isPastDue, CancellationToken stopping)
    {
        DateTime occurrence = _next;
        DateTime next = schedule.Next(Now());
        await InvokeAsync(isPastDue, stopping);
        (_last, _next, _updated) = (occurrence, next, Now());
    }

    private async Task InvokeAsync(bool isPastDue, CancellationToken stopping)
    {
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = function.UseMonitor ? new ScheduleStatus { Last = _last, Next = _next, LastUpdated = _updated } : null,
        };
        using Activity? activity = FunctionActivity.Start(function.Name);
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            await function.Invoke(scope.ServiceProvider, new TimerInvocation(info, stopping));
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Cancelled by the stop, in whatever form that came out.
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            LogFailed(function.Name, e);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Function {FunctionName} failed; its schedule goes on.")]
    private partial void LogFailed(string functionName, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Function {FunctionName} did not end within {Timeout} of its cancellation.")]
    private partial void LogDidNotStop(string functionName, TimeSpan timeout);
}
