using System.Threading.Channels;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Cli;

/// <summary>Counts, for every backend, the attempts that another one had to make good, and those that it answered at all. One asks at a time.</summary>
internal sealed class AttemptTally : IRequestLog
{
    private readonly Channel<RequestRecord> _records = Channel.CreateUnbounded<RequestRecord>();
    private readonly Dictionary<string, (int Failed, int Answered)> _attempts = [];

    public void Write(RequestRecord record) => _records.Writer.TryWrite(record);

    /// <summary>The failed attempts at a backend so far: those that brought no 2xx.</summary>
    public int FailedAt(string backend)
    {
        while (_records.Reader.TryRead(out RequestRecord? record))
        {
            Count(record);
        }

        return _attempts.GetValueOrDefault(backend).Failed;
    }

    /// <summary>Waits until so many answers of a backend have come to the log, which is told of a request only after its caller.</summary>
    public async Task WaitForAnswersAsync(string backend, long answers, CancellationToken cancellationToken)
    {
        while (_attempts.GetValueOrDefault(backend).Answered < answers)
        {
            Count(await _records.Reader.ReadAsync(cancellationToken));
        }
    }

    private void Count(RequestRecord record)
    {
        foreach (AttemptRecord attempt in record.Attempts)
        {
            // The deployments of an instance count together.
            string instance = attempt.Backend[..attempt.Backend.LastIndexOf('-')];
            (int failed, int answered) = _attempts.GetValueOrDefault(instance);
            _attempts[instance] = (failed + (attempt.StatusCode is >= 200 and < 300 ? 0 : 1), answered + (attempt.StatusCode is null ? 0 : 1));
        }
    }
}
