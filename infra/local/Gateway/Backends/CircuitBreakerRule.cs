using System.Xml;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>When a circuit breaker trips and for how long.</summary>
/// <param name="FailureCount">How many failures trip it.</param>
/// <param name="Interval">Within what time they must fall.</param>
/// <param name="TripDuration">How long it then stays open.</param>
/// <param name="AcceptRetryAfter">Whether a backend's Retry-After replaces <paramref name="TripDuration"/>.</param>
/// <param name="Failures">The status codes that count.</param>
internal sealed record CircuitBreakerRule(
    int FailureCount,
    TimeSpan Interval,
    TimeSpan TripDuration,
    bool AcceptRetryAfter,
    IReadOnlyList<StatusCodeRange> Failures)
{
    /// <exception cref="GatewayConfigurationException">The entry makes no rule.</exception>
    public static CircuitBreakerRule From(CircuitBreakerEntry entry)
    {
        if (entry.FailureCount < 1)
        {
            throw new GatewayConfigurationException($"{GatewayFiles.BackendsName}: circuitBreaker.failureCount is {entry.FailureCount}; it must be at least 1.");
        }

        if (entry.StatusCodeRanges.FirstOrDefault(range => range.Min < 100 || range.Max > 599 || range.Min > range.Max) is { } bad)
        {
            throw new GatewayConfigurationException(
                $"{GatewayFiles.BackendsName}: circuitBreaker.statusCodeRanges has {bad.Min} to {bad.Max}; a range goes from a lower to a higher code between 100 and 599.");
        }

        return new CircuitBreakerRule(
            entry.FailureCount,
            Duration(entry.Interval, "interval"),
            Duration(entry.TripDuration, "tripDuration"),
            entry.AcceptRetryAfter,
            entry.StatusCodeRanges);
    }

    /// <summary>Whether a response with <paramref name="statusCode"/> is a failure.</summary>
    public bool IsFailure(int statusCode)
    {
        for (var i = 0; i < Failures.Count; i++)
        {
            if (Failures[i].Contains(statusCode))
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan Duration(string text, string name)
    {
        try
        {
            if (XmlConvert.ToTimeSpan(text) is var duration && duration > TimeSpan.Zero)
            {
                return duration;
            }
        }
        catch (FormatException)
        {
            // Told below, like a duration that is not positive.
        }

        throw new GatewayConfigurationException(
            $"{GatewayFiles.BackendsName}: circuitBreaker.{name} is \"{text}\"; it must be a positive ISO 8601 duration such as PT10S.");
    }
}
