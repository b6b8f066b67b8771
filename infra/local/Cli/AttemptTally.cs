using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Cli;

/// <summary>Counts, for every backend, the attempts that another one had to make good, and those that it answered at all.</summary>
internal sealed class AttemptTally : IRequestLog
{
    private readonly Dictionary<string, int> _failed = [];
    private readonly Dictionary<string, int> _answered = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSource();

    /// <summary>Takes a request's attempts.</summary>
    public void Write(RequestRecord record)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            foreach (AttemptRecord attempt in record.Attempts)
            {
                if (attempt.StatusCode is not (>= 200 and < 300))
                {
                    _failed[InstanceOf(attempt)] = _failed.GetValueOrDefault(InstanceOf(attempt)) + 1;
                }

                if (attempt.StatusCode is not null)
                {
                    _answered[InstanceOf(attempt)] = _answered.GetValueOrDefault(InstanceOf(attempt)) + 1;
                }
            }

            (changed, _changed) = (_changed, NewSource());
        }

        changed.SetResult();
    }

    // The deployments of an instance count together.
    private static string InstanceOf(AttemptRecord attempt) => attempt.Backend[..attempt.Backend.LastIndexOf('-')];

    /// <summary>The failed attempts at a backend so far: those that brought no 2xx.</summary>
    public int FailedAt(string backend)
    {
        lock (_lock)
        {
            return _failed.GetValueOrDefault(backend);
        }
    }

    /// <summary>Waits until so many answers of a backend have come to the log, which is told of a request only after its caller.</summary>
    public async Task WaitForAnswersAsync(string backend, long answers, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_answered.GetValueOrDefault(backend) >= answers)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
