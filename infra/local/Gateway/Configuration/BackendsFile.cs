namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>backends.json: the backend resources, which Bicep deploys from the same file.</summary>
internal sealed record BackendsFile
{
    public required IReadOnlyList<InstanceEntry> Instances { get; init; }

    public required IReadOnlyList<DeploymentEntry> Deployments { get; init; }

    /// <summary>How long an attempt waits for the headers of a response.</summary>
    public required int AttemptTimeoutSeconds { get; init; }

    public required CircuitBreakerEntry CircuitBreaker { get; init; }

    /// <summary>What <c>{{name}}</c> in a policy stands for.</summary>
    public IReadOnlyDictionary<string, string> NamedValues { get; init; } = new Dictionary<string, string>();

    public TokenLimitEntry? TokenLimit { get; init; }
}
