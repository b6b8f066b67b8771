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

    /// <summary>Reads the counters. They move on while they are read, one by one.</summary>
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
            requests, Volatile.Read(ref _promptTokens), Volatile.Read(ref _completionTokens), Volatile.Read(ref _inFlight), Volatile.Read(ref _disconnects));
    }

    /// <summary>Waits until the counters satisfy a condition, which is looked at again after every change.</summary>
    public async Task<ModelCountersSnapshot> WaitForAsync(Func<ModelCountersSnapshot, bool> condition, CancellationToken cancellationToken = default)
    {
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

    internal void Begin() => Add(ref _inFlight, 1);

    internal void End() => Add(ref _inFlight, -1);

    internal void Answered(ModelOperation operation, int status) => Add(ref _requests[((int)operation * StatusLimit) + status], 1);

    internal void Disconnected() => Add(ref _disconnects, 1);

    internal void Spent(int promptTokens, int completionTokens)
    {
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _completionTokens, completionTokens);
    }

    private void Add(ref long counter, int change)
    {
        Interlocked.Add(ref counter, change);
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

/// <summary>An instance's counters at one moment.</summary>
/// <param name="Requests">Requests by operation and status, those that happened only.</param>
/// <param name="PromptTokens">Prompt tokens of the answers that were given in full.</param>
/// <param name="CompletionTokens">Completion tokens of the answers that were given in full.</param>
/// <param name="InFlight">Requests being worked on.</param>
/// <param name="Disconnects">Requests whose caller left before the answer was complete.</param>
public sealed record ModelCountersSnapshot(
    IReadOnlyList<ModelRequestCount> Requests, long PromptTokens, long CompletionTokens, long InFlight, long Disconnects)
{
    /// <summary>Sums the requests that match.</summary>
    /// <param name="operation">One operation, or null for all.</param>
    /// <param name="status">One status, or null for all.</param>
    public long Count(ModelOperation? operation = null, int? status = null) => Requests
        .Where(request => (operation is null || request.Operation == operation) && (status is null || request.Status == status))
        .Sum(request => request.Count);
}

/// <summary>How many requests of one operation ended with one status.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="Status">
/// The status answered; <see cref="ModelCounters.ClientClosedRequest"/> where the caller left first,
/// <see cref="ModelCounters.ConnectionDropped"/> where a fault dropped the connection.
/// </param>
/// <param name="Count">How many.</param>
public sealed record ModelRequestCount(ModelOperation Operation, int Status, long Count);

/// <summary>What a request asks of an instance.</summary>
public enum ModelOperation
{
    /// <summary>A path the instance does not serve.</summary>
    Unknown,

    /// <summary>A chat completion, streamed or not.</summary>
    ChatCompletions,

    /// <summary>Embeddings of one or several texts.</summary>
    Embeddings,

    /// <summary>The list of models.</summary>
    Models,
}
