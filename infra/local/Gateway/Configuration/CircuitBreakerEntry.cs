namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>The rule of every backend's circuit breaker. Durations are ISO 8601, as in the resource.</summary>
internal sealed record CircuitBreakerEntry(
    string Name,
    int FailureCount,
    string Interval,
    string TripDuration,
    bool AcceptRetryAfter,
    IReadOnlyList<StatusCodeRange> StatusCodeRanges);
