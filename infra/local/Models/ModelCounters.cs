namespace ContosoSuites.Local.Models;

/// <summary>
/// Counts what an instance did. Safe to use from any thread; an answer is counted just before its last byte leaves, so
/// a caller that holds a whole answer always finds it counted.
/// </summary>
public sealed class ModelCounters
{
    /// <summary>The status under which a request is counted whose caller left before the answer was complete.</summary>
    public const int ClientClosedRequest = 499;

    /// <summary>The status under which a request is counted whose connection a fault dropped.</summary>
    public const int ConnectionDropped = 0;

    private const int StatusLimit = 1000;

    private static readonly int OperationCount = Enum.GetValues<ModelOperation>().Length;

    private readonly long[] _requests = new long[OperationCount * StatusLimit];
    private long _promptTokens;
    private long _completionTokens;
    private long _inFlight;
    private long _disconnects;
    private TaskCompletionSource? _changed;

    internal ModelCounters()
    {
    }

    /// <summary>Reads the counters. They move on while they are read, one by one.</summary>
    /// <returns>The counters now.</returns>
    public ModelCountersSnapshot Snapshot()
    {
        var requests = new List<ModelRequestCount>();
        for (int index = 0; index < _requests.Length; index++)
        {
            if (Interlocked.Read(ref _requests[index]) is > 0 and var count)
            {
                requests.Add(new ModelRequestCount((ModelOperation)(index / StatusLimit), index % StatusLimit, count));
            }
        }

        return new ModelCountersSnapshot(
            requests,
            Interlocked.Read(ref _promptTokens),
            Interlocked.Read(ref _completionTokens),
            Interlocked.Read(ref _inFlight),
            Interlocked.Read(ref _disconnects));
    }

    /// <summary>Sets everything but the requests in flight back to zero.</summary>
    public void Reset()
    {
        for (int index = 0; index < _requests.Length; index++)
        {
            Interlocked.Exchange(ref _requests[index], 0);
        }

        Interlocked.Exchange(ref _promptTokens, 0);
        Interlocked.Exchange(ref _completionTokens, 0);
        Interlocked.Exchange(ref _disconnects, 0);
        SignalChange();
    }

    /// <summary>Waits until the counters satisfy a condition, which is looked at again after every change.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The counters that satisfied it.</returns>
    public async Task<ModelCountersSnapshot> WaitForAsync(Func<ModelCountersSnapshot, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);

        while (true)
        {
            // Registered before the counters are read: a change after the reading is never missed.
            TaskCompletionSource changed = RegisterForChange();
            ModelCountersSnapshot snapshot = Snapshot();
            if (condition(snapshot))
            {
                return snapshot;
            }

            await changed.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Begin()
    {
        Interlocked.Increment(ref _inFlight);
        SignalChange();
    }

    internal void Answered(ModelOperation operation, int status)
    {
        Interlocked.Increment(ref _requests[((int)operation * StatusLimit) + status]);
        SignalChange();
    }

    internal void Spent(int promptTokens, int completionTokens)
    {
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _completionTokens, completionTokens);
    }

    internal void Disconnected()
    {
        Interlocked.Increment(ref _disconnects);
        SignalChange();
    }

    internal void End()
    {
        Interlocked.Decrement(ref _inFlight);
        SignalChange();
    }

    private TaskCompletionSource RegisterForChange()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Interlocked.CompareExchange(ref _changed, mine, null) ?? mine;
    }

    private void SignalChange()
    {
        // Almost always nobody waits, and then this is one read.
        if (Volatile.Read(ref _changed) is not null)
        {
            Interlocked.Exchange(ref _changed, null)?.TrySetResult();
        }
    }
}
