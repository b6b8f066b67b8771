namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>backends.json: the backend resources, which Bicep deploys from the same file.</summary>
internal sealed record BackendsFile
{
    /// <summary>The name of the load-balanced pool of all backends.</summary>
    public required string Pool { get; init; }

    public required IReadOnlyList<BackendEntry> Backends { get; init; }

    /// <summary>How long an attempt waits for the headers of a response.</summary>
    public required int AttemptTimeoutSeconds { get; init; }

    public required CircuitBreakerEntry CircuitBreaker { get; init; }

    /// <summary>What <c>{{name}}</c> in a policy stands for.</summary>
    public IReadOnlyDictionary<string, string> NamedValues { get; init; } = new Dictionary<string, string>();

    public TokenLimitEntry? TokenLimit { get; init; }
}
