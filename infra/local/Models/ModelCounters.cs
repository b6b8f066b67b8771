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

    private readonly Lock _lock = new();
    private readonly Dictionary<(ModelOperation Operation, int Status), long> _requests = [];
    private ModelCountersSnapshot _totals = new([], 0, 0, 0, 0);
    private TaskCompletionSource? _changed;

    /// <summary>Reads the counters.</summary>
    public ModelCountersSnapshot Snapshot()
    {
        lock (_lock)
        {
            return _totals with { Requests = [.. _requests.Select(count => new ModelRequestCount(count.Key.Operation, count.Key.Status, count.Value))] };
        }
    }

    /// <summary>Waits until the counters satisfy a condition, which is looked at again after every change.</summary>
    public async Task<ModelCountersSnapshot> WaitForAsync(Func<ModelCountersSnapshot, bool> condition, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ModelCountersSnapshot snapshot;
            Task changed;
            lock (_lock)
            {
                snapshot = Snapshot();
                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (condition(snapshot))
            {
                return snapshot;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal void Begin() => Change(now => now with { InFlight = now.InFlight + 1 });

    internal void End() => Change(now => now with { InFlight = now.InFlight - 1 });

    internal void Disconnected() => Change(now => now with { Disconnects = now.Disconnects + 1 });

    internal void Spent(int promptTokens, int completionTokens) =>
        Change(now => now with { PromptTokens = now.PromptTokens + promptTokens, CompletionTokens = now.CompletionTokens + completionTokens });

    internal void Answered(ModelOperation operation, int status) => Change(now =>
    {
        _requests[(operation, status)] = _requests.GetValueOrDefault((operation, status)) + 1;
        return now;
    });

    private void Change(Func<ModelCountersSnapshot, ModelCountersSnapshot> change)
    {
        lock (_lock)
        {
            _totals = change(_totals);
            _changed?.SetResult();
            _changed = null;
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
