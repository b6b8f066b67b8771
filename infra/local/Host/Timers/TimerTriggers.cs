using System.Text.Json;
using ContosoSuites.Local.Host.Http;
using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Workers;
using NCrontab;

namespace ContosoSuites.Local.Host.Timers;

/// <summary>Invokes timer functions by their schedules, one run of a schedule after the other, and besides when asked to.</summary>
internal sealed partial class TimerTriggers : IDisposable
{
    private readonly IReadOnlyList<WorkerFunction> _functions;
    private readonly WorkerSupervisor _supervisor;
    private readonly FunctionsHostOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<Task> _running = [];

    /// <summary>Takes the timers among the functions.</summary>
    public TimerTriggers(IReadOnlyList<WorkerFunction> functions, WorkerSupervisor supervisor, FunctionsHostOptions options, ILogger logger)
    {
        _functions = [.. functions.Where(function => function.IsTimer)];
        _supervisor = supervisor;
        _options = options;
        _logger = logger;
    }

    /// <summary>Begins with the schedules. A function without a usable one is disabled, and the others go on.</summary>
    public void Start()
    {
        foreach (WorkerFunction function in _functions)
        {
            if (Schedule(function) is { } schedule)
            {
                Keep(RunAsync(function, schedule));
            }
            else
            {
                LogDisabled(function.Name, function.Schedule);
            }
        }
    }

    /// <summary>Adds the part of the Functions host's admin API that is of use here: a run of a timer function now.</summary>
    public void Map(IEndpointRouteBuilder endpoints, FunctionKeys keys) => endpoints.MapPost("admin/functions/{name}", (HttpContext context, string name) =>
    {
        if (!keys.Admit(context.Request))
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (_functions.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function)
        {
            return Results.NotFound();
        }

        Keep(InvokeAsync(function, isPastDue: false, status: null));
        return Results.Accepted();
    });

    /// <summary>Runs a timer function now, and waits for its end.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public async Task<string?> RunAsync(string name)
    {
        Task<string?> run = InvokeAsync(_functions.First(function => function.Name == name), isPastDue: false, status: null);
        Keep(run);
        return await run;
    }

    /// <summary>Ends the schedules and waits for what runs.</summary>
    /// <param name="limit">Cancels what still runs then.</param>
    public async Task StopAsync(CancellationToken limit)
    {
        await _stopping.CancelAsync();
        await using CancellationTokenRegistration cancel = limit.Register(_cancel.Cancel);
        Task[] running;
        lock (_running)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _cancel.Dispose();
    }

    private void Keep(Task run)
    {
        lock (_running)
        {
            _running.RemoveAll(task => task.IsCompleted);
            _running.Add(run);
        }
    }

    private CrontabSchedule? Schedule(WorkerFunction function)
    {
        string text = function.Schedule is ['%', .. var setting, '%'] ? _options.Settings.GetValueOrDefault(setting) ?? "" : function.Schedule;
        int fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 });
    }

    private async Task RunAsync(WorkerFunction function, CrontabSchedule schedule)
    {
        DateTime last = default;
        DateTime next = schedule.GetNextOccurrence(Now());
        while (await WaitAsync(next))
        {
            // A run that lasted beyond its next occurrence is followed by one that is late, however many went by.
            DateTime after = schedule.GetNextOccurrence(Now());
            await InvokeAsync(function, isPastDue: Now() - next > TimeSpan.FromSeconds(1), new { Last = last, Next = next, LastUpdated = last });
            (last, next) = (next, after);
        }
    }

    /// <summary>Waits for a point in time.</summary>
    /// <returns>False when the host stops.</returns>
    private async Task<bool> WaitAsync(DateTime due)
    {
        try
        {
            // A timer can not be set further ahead than some 49 days, and a wait of less than a millisecond would be none.
            for (TimeSpan wait; (wait = due - Now()) > TimeSpan.Zero;)
            {
                double milliseconds = Math.Ceiling(Math.Min(wait.TotalMilliseconds, TimeSpan.FromDays(1).TotalMilliseconds));
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _options.TimeProvider, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }

        return !_stopping.IsCancellationRequested;
    }

    private DateTime Now() => _options.TimeProvider.GetUtcNow().UtcDateTime;

    private async Task<string?> InvokeAsync(WorkerFunction function, bool isPastDue, object? status)
    {
        string info = JsonSerializer.Serialize(new { IsPastDue = isPastDue, ScheduleStatus = status });
        var invocation = new InvocationRequest { InvocationId = Guid.NewGuid().ToString(), FunctionId = function.Id, TraceContext = new() };
        invocation.InputData.Add(new ParameterBinding { Name = function.ParameterName, Data = new() { Json = info } });
        string failure;
        try
        {
            WorkerChannel worker = await _supervisor.GetChannelAsync(_stopping.Token);
            StatusResult result = await worker.InvokeAsync(invocation, _cancel.Token);
            if (result.Status is StatusResult.Types.Status.Success)
            {
                return null;
            }

            failure = result.Exception?.Message ?? "it was cancelled";
        }
        catch (Exception e) when (e is WorkerGoneException || (e is OperationCanceledException && _stopping.IsCancellationRequested))
        {
            failure = e.Message;
        }

        LogFailed(function.Name, failure);
        return failure;
    }

    [LoggerMessage(1, LogLevel.Warning, "The function {Function} is disabled: its schedule '{Schedule}' is missing or no NCRONTAB expression.")]
    private partial void LogDisabled(string function, string schedule);

    [LoggerMessage(2, LogLevel.Error, "A run of {Function} failed: {Reason} Its schedule goes on.")]
    private partial void LogFailed(string function, string? reason);
}
