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

    /// <summary>Waits until so many more records are there.</summary>
    public async Task WaitForAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await TakeAsync();
        }
    }

    /// <summary>Waits until one more record is there: the caller may have its answer first.</summary>
    public async Task<RequestRecord> NextAsync()
    {
        await TakeAsync();
        return _records.Last();
    }

    private async Task TakeAsync()
    {
        if (!await _written.WaitAsync(TimeSpan.FromSeconds(10)))
        {
            throw new TimeoutException("No record was written.");
        }
    }
}
