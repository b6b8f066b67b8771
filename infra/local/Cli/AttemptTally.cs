using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Cli;

/// <summary>Counts, for every backend, the attempts that another one had to make good.</summary>
internal sealed class AttemptTally : IRequestLog
{
    private readonly Dictionary<string, int> _failed = [];
    private readonly Lock _lock = new();

    /// <summary>Takes a request's attempts: those that brought no 2xx count.</summary>
    public void Write(RequestRecord record)
    {
        lock (_lock)
        {
            foreach (AttemptRecord attempt in record.Attempts.Where(a => a.StatusCode is not (>= 200 and < 300)))
            {
                _failed[attempt.Backend] = _failed.GetValueOrDefault(attempt.Backend) + 1;
            }
        }
    }

    /// <summary>The failed attempts at a backend so far.</summary>
    public int FailedAt(string backend)
    {
        lock (_lock)
        {
            return _failed.GetValueOrDefault(backend);
        }
    }
}
