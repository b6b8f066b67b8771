using System.Diagnostics.CodeAnalysis;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Expressions;
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

    /// <summary>How large a request body may be: it is kept in memory for retries.</summary>
    public int MaxRequestBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How long a backend may fall silent in the middle of a response before the caller's connection is cut.</summary>
    public TimeSpan ResponseIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the gateway logs; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Take the record of every request.</summary>
    internal IReadOnlyList<IRequestLog> RequestLogs { get; init; } = [];

    /// <summary>How a pool with nobody to ask shows to the policy.</summary>
    internal EmptyPool EmptyPool { get; init; } = EmptyPool.IsError;
}

/// <summary>A subscription whose key lets a caller in.</summary>
/// <param name="Id">The id, as policies and logs see it.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Key">What the caller sends as its subscription key.</param>
public sealed record GatewaySubscription(string Id, string Name, string Key) : ISubscription
{
    /// <summary>The key of the subscription that exists when none is configured.</summary>
    public const string LocalKey = "local-subscription-key";

    /// <summary>The subscription that exists when none is configured.</summary>
    public static GatewaySubscription Local { get; } = new("local", "Local development", LocalKey);
}

/// <summary>
/// The gateway can not start with the files and settings it was given. The message names the file, the line where there is
/// one, what is wrong and what would be right.
/// </summary>
public sealed class GatewayConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    internal static void ThrowIf([DoesNotReturnIf(true)] bool wrong, string message)
    {
        if (wrong)
        {
            throw new GatewayConfigurationException(message);
        }
    }
}
