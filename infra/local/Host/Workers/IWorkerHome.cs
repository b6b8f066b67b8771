namespace ContosoSuites.Local.Host.Workers;

/// <summary>A way to run the app's worker.</summary>
public interface IWorkerHome
{
    /// <summary>The folder with the app's files, host.json among them.</summary>
    public string AppDirectory { get; }

    /// <summary>Starts a worker, which will connect to the host by itself.</summary>
    /// <param name="host">Where the host listens for workers.</param>
    /// <param name="workerId">What the worker calls itself when it connects.</param>
    /// <param name="settings">The app's settings; a null value is as good as no entry.</param>
    public IWorker Start(Uri host, string workerId, IReadOnlyDictionary<string, string?> settings);
}

/// <summary>A worker that was started. Disposing it ends it at once.</summary>
public interface IWorker : IAsyncDisposable
{
    /// <summary>Completes when the worker has ended, and fails with the reason when it did not end well.</summary>
    public Task Ended { get; }

    /// <summary>The app's services; null where they are another process's.</summary>
    public IServiceProvider? Services => null;

    /// <summary>The worker's process; null where it is this one.</summary>
    public int? ProcessId => null;
}
