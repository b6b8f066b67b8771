using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway;

/// <summary>What a <see cref="GatewayServer"/> is started with.</summary>
public sealed record GatewayOptions
{
    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder with policy.xml, its fragments, backends.json and api.json.</summary>
    public required string Directory { get; init; }

    /// <summary>Where each instance of backends.json is found, by its name.</summary>
    public required IReadOnlyDictionary<string, BackendAddress> Backends { get; init; }

    /// <summary>Named values of policies that are to be others than in backends.json; its token limit is <c>openai-tokens-per-minute</c>.</summary>
    public IReadOnlyDictionary<string, string> NamedValues { get; init; } = new Dictionary<string, string>();

    /// <summary>Who may call.</summary>
    public IReadOnlyList<GatewaySubscription> Subscriptions { get; init; } = [GatewaySubscription.Local];

    /// <summary>What policies see as the gateway's region.</summary>
    public string Region { get; init; } = "local";

    /// <summary>How large a request body may be: it is kept in memory for retries.</summary>
    public int MaxRequestBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How long a backend may fall silent in the middle of a response before the caller's connection is cut.</summary>
    public TimeSpan ResponseIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long requests under way may take to end when the gateway stops.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the gateway logs; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Takes the record of every request.</summary>
    internal IRequestLog RequestLog { get; init; } = NullRequestLog.Instance;

    /// <summary>Where compiled policy expressions are kept between starts; null to compile them at every start.</summary>
    internal string? ExpressionCacheDirectory { get; init; } = Expressions.ExpressionCache.DefaultDirectory;

    /// <summary>How a pool with nobody to ask shows to the policy.</summary>
    internal Backends.EmptyPool EmptyPool { get; init; } = Gateway.Backends.EmptyPool.IsError;
}
