using System.Collections.Frozen;
using System.Xml;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>Keeps requests away from a backend that has failed.</summary>
/// <remarks>
/// As in API Management: there is one rule; the breaker belongs to one gateway and knows nothing of others'; when its time
/// is over it is simply closed again, without a trial phase. A call that brought no response says nothing to it. Failures
/// that come in while it is open (of requests that were under way) can only make it stay open for longer.
/// </remarks>
internal sealed class CircuitBreaker(CircuitBreakerRule rule, TimeProvider time)
{
    // Longer than any quota lasts; it keeps nonsense out of the arithmetic.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private readonly Lock _gate = new();
    private readonly Queue<long> _failures = new();
    private long _openUntil = long.MinValue;

    public bool IsOpen => time.GetTimestamp() < Volatile.Read(ref _openUntil);

    /// <summary>Takes note of a response, and of how long the backend asks to be left alone.</summary>
    public void Observe(int statusCode, TimeSpan? retryAfter)
    {
        if (!rule.Failures.Contains(statusCode))
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
            var until = now + (long)(Math.Min(duration.TotalSeconds, Longest.TotalSeconds) * time.TimestampFrequency);
            Volatile.Write(ref _openUntil, Math.Max(until, _openUntil));
        }
    }
}

/// <summary>When a circuit breaker trips, on how many failures within an interval, and for how long, unless the backend's own Retry-After is accepted.</summary>
internal sealed record CircuitBreakerRule(
    int FailureCount, TimeSpan Interval, TimeSpan TripDuration, bool AcceptRetryAfter, IReadOnlySet<int> Failures)
{
    /// <exception cref="GatewayConfigurationException">The entry makes no rule.</exception>
    public static CircuitBreakerRule From(CircuitBreakerEntry entry)
    {
        ThrowIf(entry.FailureCount < 1, $"failureCount is {entry.FailureCount}; it must be at least 1.");
        var bad = entry.StatusCodeRanges.FirstOrDefault(range => range.Min < 100 || range.Max > 599 || range.Min > range.Max);
        ThrowIf(bad is not null, $"statusCodeRanges has {bad?.Min} to {bad?.Max}; a range goes from a lower to a higher code between 100 and 599.");
        return new CircuitBreakerRule(
            entry.FailureCount,
            Duration(entry.Interval, "interval"),
            Duration(entry.TripDuration, "tripDuration"),
            entry.AcceptRetryAfter,
            entry.StatusCodeRanges.SelectMany(range => Enumerable.Range(range.Min, range.Max - range.Min + 1)).ToFrozenSet());
    }

    private static TimeSpan Duration(string text, string name)
    {
        var duration = TimeSpan.Zero;
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            // Told below, like a duration that is not positive.
        }

        ThrowIf(duration <= TimeSpan.Zero, $"{name} is \"{text}\"; it must be a positive ISO 8601 duration such as PT10S.");
        return duration;
    }

    private static void ThrowIf(bool wrong, string what) => GatewayConfigurationException.ThrowIf(wrong, $"{GatewayFiles.BackendsName}: circuitBreaker.{what}");
}
