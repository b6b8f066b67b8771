using System.Text.Json;

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

    /// <summary>How many tokens a subscription may use.</summary>
    public TokenLimitEntry? TokenLimit { get; init; }
}

/// <summary>
/// An Azure OpenAI instance: one backend a deployment, whose names begin with its own, each in the pool of its deployment. Lower priorities
/// come first, and the weight is its share of their requests, relative to the others'. A fault is what a simulated instance in its place
/// does wrong from the start; neither a gateway nor a deployment looks at it.
/// </summary>
internal sealed record InstanceEntry(string Name, string Region, int Priority, int Weight, JsonElement? Fault = null);

/// <summary>A model deployment that every instance has. Its quota is its own, and so are its backends and their breakers.</summary>
/// <param name="Name">What follows the instance's name in those of its backends: <c>openai-primary-chat</c>.</param>
/// <param name="Pool">The name of the load-balanced pool of its backends.</param>
internal sealed record DeploymentEntry(string Name, string Pool)
{
    /// <summary>The name of its backend resource at <paramref name="instance"/>.</summary>
    public string BackendOf(InstanceEntry instance) => $"{instance.Name}-{Name}";
}

/// <summary>The rule of every backend's circuit breaker. Durations are ISO 8601, as in the resource.</summary>
internal sealed record CircuitBreakerEntry(
    string Name, int FailureCount, string Interval, string TripDuration, bool AcceptRetryAfter, IReadOnlyList<StatusCodeRange> StatusCodeRanges);

/// <summary>Status codes from <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
internal sealed record StatusCodeRange(int Min, int Max);

/// <summary>The limit of the tokens of a minute.</summary>
internal sealed record TokenLimitEntry(int TokensPerMinute);
