namespace ContosoSuites.Functions.Distribution;

/// <summary>Why a backend served less than its weight says.</summary>
public static class SkewCause
{
    /// <summary>It answered 429, and its circuit breaker kept requests away until Retry-After had passed.</summary>
    public const string Throttled = "throttled";

    /// <summary>It answered with server errors, which opened its circuit breaker.</summary>
    public const string BreakerOpen = "breakerOpen";

    /// <summary>Attempts went without an answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The figures show no failure.</summary>
    public const string Unknown = "unknown";
}
