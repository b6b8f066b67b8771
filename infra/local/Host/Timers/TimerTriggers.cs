using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Workers;
using NCrontab;

namespace ContosoSuites.Local.Host.Timers;

/// <summary>Invokes timer functions by their schedules, one run of a schedule after the other, and besides when asked to.</summary>
internal sealed partial class TimerTriggers(
    IReadOnlyList<WorkerFunction> functions, WorkerSupervisor workers, FunctionsHostOptions options, ILogger logger, CancellationToken stopping, CancellationToken cancel)
{
    private readonly List<Task> _running = [];

    /// <summary>Completes when all that runs has ended.</summary>
    public Task EndedAsync()
    {
        lock (_running)
        {
            return Task.WhenAll(_running);
        }
    }

    /// <summary>Begins with the schedules. A function without a usable one is disabled, and the others go on.</summary>
    public void Start()
    {
        foreach (WorkerFunction function in functions)
        {
            if (FindSchedule(function) is { } schedule)
            {
                Keep(FollowAsync(function, schedule));
            }
            else
            {
                LogDisabled(function.Name, function.Trigger.Schedule);
            }
        }
    }

    /// <summary>Runs a function now.</summary>
    /// <returns>The run, which tells why it failed, or null; null where there is no such function.</returns>
    public Task<string?>? Run(string name) => functions.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } function
        ? Keep(InvokeAsync(function))
        : null;

    private T Keep<T>(T run)
        where T : Task
    {
        lock (_running)
        {
            _running.RemoveAll(task => task.IsCompleted);
            _running.Add(run);
        }

        return run;
    }

    private CrontabSchedule? FindSchedule(WorkerFunction function)
    {
        string text = function.Trigger.Schedule is ['%', .. var setting, '%'] ? options.Settings.GetValueOrDefault(setting) ?? "" : function.Trigger.Schedule ?? "";
        bool hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds });
    }

    private async Task FollowAsync(WorkerFunction function, CrontabSchedule schedule)
    {
        DateTime next = schedule.GetNextOccurrence(Now());
        while (await WaitAsync(next))
        {
            // A run that lasts beyond its next occurrence is followed by one at once, however many went by.
            next = schedule.GetNextOccurrence(Now());
            await InvokeAsync(function);
        }
    }

    /// <summary>Waits for a point in time.</summary>
    /// <returns>False when the host stops.</returns>
    private async Task<bool> WaitAsync(DateTime due)
    {
        // A timer can not be set further ahead than some 49 days, and a wait of less than a millisecond would be none.
        for (TimeSpan wait; !stopping.IsCancellationRequested && (wait = due - Now()) > TimeSpan.Zero;)
        {
            double milliseconds = Math.Ceiling(Math.Min(wait.TotalMilliseconds, TimeSpan.FromDays(1).TotalMilliseconds));
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), options.TimeProvider, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !stopping.IsCancellationRequested;
    }

    private DateTime Now() => options.TimeProvider.GetUtcNow().UtcDateTime;

    private async Task<string?> InvokeAsync(WorkerFunction function)
    {
        var invocation = new InvocationRequest { InvocationId = Guid.NewGuid().ToString(), FunctionId = function.Id, TraceContext = new() };
        invocation.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = new() { Json = "{}" } });
        string failure;
        try
        {
            StatusResult result = await (await workers.GetAsync(stopping)).InvokeAsync(invocation, cancel);
            if (result.Status is StatusResult.Types.Status.Success)
            {
                return null;
            }

            failure = result.Exception?.Message ?? "it was cancelled";
        }
        catch (Exception e) when (e is WorkerGoneException or FunctionsHostException or OperationCanceledException)
        {
            failure = e.Message;
        }

        LogFailed(function.Name, failure);
        return failure;
    }

    [LoggerMessage(1, LogLevel.Warning, "The function {Function} is disabled: its schedule '{Schedule}' is missing or no NCRONTAB expression.")]
    private partial void LogDisabled(string function, string? schedule);

    [LoggerMessage(2, LogLevel.Error, "A run of {Function} failed: {Reason} Its schedule goes on.")]
    private partial void LogFailed(string function, string? reason);
}
