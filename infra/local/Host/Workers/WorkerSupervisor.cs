using ContosoSuites.Local.Host.Rpc;

namespace ContosoSuites.Local.Host.Workers;

/// <summary>Keeps one worker running: starts it, starts another when it dies, ends it.</summary>
internal sealed partial class WorkerSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly FunctionsHostOptions _options;
    private readonly WorkerServer _server;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private volatile Task<Running> _current;
    private Task _watch = Task.CompletedTask;

    private WorkerSupervisor(FunctionsHostOptions options, WorkerServer server, ILogger logger)
    {
        _options = options;
        _server = server;
        _logger = logger;
        _current = StartAsync(_stopping.Token);
    }

    /// <summary>The worker that runs now, or did a moment ago.</summary>
    public IWorker Worker { get; private set; } = null!;

    /// <summary>Starts the first worker.</summary>
    /// <exception cref="FunctionsHostException">It did not become ready; out of this process the app's own exception comes as it is.</exception>
    public static async Task<WorkerSupervisor> StartAsync(FunctionsHostOptions options, WorkerServer server, ILogger logger, CancellationToken cancellationToken)
    {
        var supervisor = new WorkerSupervisor(options, server, logger);
        try
        {
            Running first = await supervisor._current.WaitAsync(cancellationToken);
            supervisor._watch = supervisor.WatchAsync(first);
            return supervisor;
        }
        catch
        {
            await supervisor.DisposeAsync();
            throw;
        }
    }

    /// <summary>The worker's channel; while a dead worker is replaced, the next one's.</summary>
    public async Task<WorkerChannel> GetChannelAsync(CancellationToken cancellationToken) => (await _current.WaitAsync(cancellationToken)).Channel;

    /// <summary>Ends the worker: it is asked to, and given the shutdown timeout for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        if (_current.IsCompletedSuccessfully)
        {
            Running running = await _current;
            running.Channel.Terminate();
            await running.Worker.Ended.WaitAsync(_options.ShutdownTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await running.Worker.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task<Running> StartAsync(CancellationToken cancellationToken)
    {
        string id = Guid.NewGuid().ToString();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.StartTimeout);
        IWorker worker = _options.Worker.Start(_server.Endpoint, id, _options.Settings);
        try
        {
            Task<WorkerChannel> connected = _server.ExpectAsync(id).WaitAsync(limit.Token);
            await await Task.WhenAny(connected, worker.Ended);
            WorkerChannel channel = await connected;
            await channel.InitializeAsync(_options.Worker.AppDirectory, limit.Token);
            Worker = worker;
            return new Running(worker, channel);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            await worker.DisposeAsync();
            throw new FunctionsHostException($"The app's worker was not ready within {_options.StartTimeout.TotalSeconds:0.#} seconds.", e);
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    private async Task WatchAsync(Running running)
    {
        while (true)
        {
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var next = new TaskCompletionSource<Running>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration stopped = _stopping.Token.Register(() => lost.TrySetResult());
            await using CancellationTokenRegistration gone = running.Channel.Lost.Register(() =>
            {
                // Before anybody learns that the worker is gone: who asks from now on waits for the next one.
                _current = next.Task;
                lost.TrySetResult();
            });
            await lost.Task;
            if (_stopping.IsCancellationRequested)
            {
                next.TrySetCanceled();
                return;
            }

            try
            {
                await running.Worker.DisposeAsync();
                LogGone(await ReasonAsync(running.Worker));
                running = await StartAgainAsync();
                next.SetResult(running);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                next.TrySetCanceled();
                return;
            }
        }
    }

    /// <summary>Starts a worker; where none becomes ready it tries again, after longer and longer pauses.</summary>
    private async Task<Running> StartAgainAsync()
    {
        for (TimeSpan pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await StartAsync(_stopping.Token);
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                LogNotStarted(e.Message, pause.TotalSeconds);
                await Task.Delay(pause, _stopping.Token);
            }
        }
    }

    private static async Task<string> ReasonAsync(IWorker worker)
    {
        await worker.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return worker.Ended.Exception?.InnerException?.Message ?? "It ended by itself.";
    }

    [LoggerMessage(1, LogLevel.Error, "The app's worker is gone; another one is started. {Reason}")]
    private partial void LogGone(string reason);

    [LoggerMessage(2, LogLevel.Error, "The app's worker did not start, and is tried again in {Seconds} seconds. {Reason}")]
    private partial void LogNotStarted(string reason, double seconds);

    private sealed record Running(IWorker Worker, WorkerChannel Channel);
}
