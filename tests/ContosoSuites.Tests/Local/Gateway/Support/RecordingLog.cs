using System.Collections.Concurrent;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>Keeps the records of all requests.</summary>
internal sealed class RecordingLog : IRequestLog, IDisposable
{
    private readonly ConcurrentQueue<RequestRecord> _records = new();
    private readonly SemaphoreSlim _written = new(0);

    public IReadOnlyCollection<RequestRecord> Records => _records;

    public void Write(RequestRecord record)
    {
        _records.Enqueue(record);
        _written.Release();
    }

    public void Dispose() => _written.Dispose();

    /// <summary>Waits until one more record is there: the caller may have its answer first.</summary>
    public async Task<RequestRecord> NextAsync()
    {
        if (!await _written.WaitAsync(TimeSpan.FromSeconds(10)))
        {
            throw new TimeoutException("No record was written.");
        }

        return _records.Last();
    }
}
