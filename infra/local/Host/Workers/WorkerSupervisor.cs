using System.Globalization;
using ContosoSuites.Local.Host.Rpc;

namespace ContosoSuites.Local.Host.Workers;

/// <summary>Keeps one worker running: starts it, starts another when it dies, ends it.</summary>
internal sealed partial class WorkerSupervisor(FunctionsHostOptions options, WorkerServer server, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private WorkerChannel? _channel;
    private Task<WorkerChannel>? _start;
    private bool _stopping;

    /// <summary>The worker that runs now, or did a moment ago.</summary>
    public IWorker? Worker { get; private set; }

    /// <summary>The worker's channel; where there is no worker, that of the next one.</summary>
    /// <exception cref="FunctionsHostException">The worker did not start; who asks next tries again.</exception>
    public async Task<WorkerChannel> GetAsync(CancellationToken cancellationToken)
    {
        Task<WorkerChannel> start;
        lock (_lock)
        {
            if (_channel is { Lost.IsCompleted: false } channel)
            {
                return channel;
            }

            start = _stopping ? throw new WorkerGoneException() : _start is { IsCompleted: false } ? _start : _start = StartAsync();
        }

        return await start.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the worker: it is asked to, and given the shutdown timeout for it.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopping = true;
        }

        await (_start ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Worker is not null)
        {
            _channel?.Terminate();
            await Worker.Ended.WaitAsync(options.ShutdownTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Worker.DisposeAsync();
        }
    }

    private async Task<WorkerChannel> StartAsync()
    {
        string id = Guid.NewGuid().ToString();
        using var limit = new CancellationTokenSource(StartTimeout);
        IWorker worker = options.Worker.Start(server.Endpoint, id, options.Settings);
        try
        {
            Task<WorkerChannel> connected = server.ExpectAsync(id).WaitAsync(limit.Token);
            await await Task.WhenAny(connected, worker.Ended);
            WorkerChannel channel = await connected;
            await channel.InitializeAsync(options.Worker.AppDirectory, limit.Token);
            (Worker, _channel) = (worker, channel);
            _ = ReplaceAsync(worker, channel);
            return channel;
        }
        catch (Exception e)
        {
            await worker.DisposeAsync();
            if (Worker is not null)
            {
                LogNotStarted(e.Message);
            }

            if (e is OperationCanceledException)
            {
                throw new FunctionsHostException(string.Create(CultureInfo.InvariantCulture, $"The app's worker was not ready within {StartTimeout.TotalSeconds:0.#} seconds."), e);
            }

            throw;
        }
    }

    /// <summary>Starts another worker when this one has died.</summary>
    private async Task ReplaceAsync(IWorker worker, WorkerChannel channel)
    {
        await channel.Lost;
        if (!_stopping)
        {
            await worker.DisposeAsync();
            await worker.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            LogGone(worker.Ended.Exception?.InnerException?.Message ?? "It ended by itself.");
            await ((Task)GetAsync(CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The app's worker is gone; another one is started. {Reason}")]
    private partial void LogGone(string reason);

    [LoggerMessage(2, LogLevel.Error, "The app's worker did not start; the next call tries again. {Reason}")]
    private partial void LogNotStarted(string reason);
}
