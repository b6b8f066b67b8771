using System.Diagnostics;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Peers;

namespace ContosoSuites.Bench.Scale;

/// <summary>The app in its host, and what its worker process takes of the machine.</summary>
internal sealed class ScaleApp(LocalPart host) : IAsyncDisposable
{
    private readonly Process _worker = host.Process.Children().Single();

    /// <summary>Where it answers.</summary>
    public Uri Endpoint => host.Endpoint;

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
    public RawLoad Chat(string accept) => new(
        new Uri(Endpoint, "api/Chat"), new Dictionary<string, string> { ["Accept"] = accept }, """{"message":"Hello"}"""u8.ToArray());

    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();
        await host.DisposeAsync();
    }
}
