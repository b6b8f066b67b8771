using System.Diagnostics;
using ContosoSuites.Bench.Loads;

namespace ContosoSuites.Bench.Processes;

/// <summary>An app in its host, and what its worker process takes of the machine.</summary>
internal sealed class AppProcesses(LocalPart host) : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private Process _worker = host.Process.Children().Single();

    /// <summary>Where it answers.</summary>
    public Uri Endpoint => host.Endpoint;

    /// <summary>The host's process.</summary>
    public ChildProcess Host => host.Process;

    /// <summary>Whether the worker that was started is there still.</summary>
    public bool Lives => !_worker.HasExited;

    /// <summary>The memory that the worker has now, in bytes.</summary>
    public long Memory => Worker.WorkingSet64;

    /// <summary>The most memory that the worker has had, in bytes.</summary>
    public long PeakMemory => Worker.PeakWorkingSet64;

    /// <summary>The time that processors have spent on the worker.</summary>
    public TimeSpan ProcessorTime => Worker.TotalProcessorTime;

    private Process Worker
    {
        get
        {
            _worker.Refresh();
            return _worker;
        }
    }

    /// <summary>A chat.</summary>
    /// <param name="accept">The form of its answer.</param>
    public RawLoad Chat(string accept = "text/plain") => new(
        new Uri(Endpoint, "api/Chat"), new Dictionary<string, string> { ["Accept"] = accept }, """{"message":"Hello"}"""u8.ToArray());

    /// <summary>A request that has no body.</summary>
    public RawLoad Get(string path) => new(new Uri(Endpoint, path), NoHeaders, null);

    /// <summary>A request with JSON.</summary>
    public RawLoad Post(string path, byte[] json) => new(new Uri(Endpoint, path), NoHeaders, json);

    /// <summary>Kills the worker. The host starts another, which is this one's once <see cref="FindWorker"/> is called.</summary>
    public void KillWorker() => _worker.Kill();

    /// <summary>Looks at the worker that runs now.</summary>
    public void FindWorker()
    {
        _worker.Dispose();
        _worker = host.Process.Children().Single();
    }

    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();
        await host.DisposeAsync();
    }
}
