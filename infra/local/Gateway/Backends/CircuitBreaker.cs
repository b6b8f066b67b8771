namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>
/// Keeps requests away from a backend that has failed.
/// </summary>
/// <remarks>
/// As in API Management: there is one rule; the breaker belongs to one gateway and knows nothing of others'; when its time
/// is over it is simply closed again, without a trial phase. A call that brought no response says nothing to it. Failures
/// that come in while it is open (of requests that were under way) can only make it stay open for longer.
/// </remarks>
internal sealed class CircuitBreaker(CircuitBreakerRule rule, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _failures = new();
    private long _openUntil = long.MinValue;

    /// <summary>Whether no request may be sent.</summary>
    public bool IsOpen => time.GetTimestamp() < Volatile.Read(ref _openUntil);

    /// <summary>Takes note of a response.</summary>
    /// <param name="statusCode">Its code.</param>
    /// <param name="retryAfter">Its Retry-After, if it had one.</param>
    public void Observe(int statusCode, TimeSpan? retryAfter)
    {
        if (!rule.IsFailure(statusCode))
        {
            return;
        }

        var now = time.GetTimestamp();
        lock (_gate)
        {
            while (_failures.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= rule.Interval)
            {
                _failures.Dequeue();
            }

            _failures.Enqueue(now);
            if (_failures.Count < rule.FailureCount && now >= _openUntil)
            {
                return;
            }

            _failures.Clear();
            var duration = rule.AcceptRetryAfter && retryAfter is { } said ? said : rule.TripDuration;
            var until = now + (long)(duration.TotalSeconds * time.TimestampFrequency);
            Volatile.Write(ref _openUntil, Math.Max(until, _openUntil));
        }
    }
}
