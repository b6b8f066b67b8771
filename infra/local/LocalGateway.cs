using System.Globalization;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Gateway.Policies;

namespace ContosoSuites.Local;

/// <summary>The gateway over simulated and real backends.</summary>
internal static class LocalGateway
{
    /// <summary>What policies and logs have as the gateway's region.</summary>
    public const string Region = "local";

    /// <summary>Who may call.</summary>
    public static IReadOnlyList<GatewaySubscription> Subscriptions { get; } = [GatewaySubscription.Local];

    /// <summary>Starts it.</summary>
    /// <param name="options">Where, over which policy and real backends.</param>
    /// <param name="simulated">The addresses of the other backends.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="log">The log tables, if there are any.</param>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static Task<GatewayServer> StartAsync(
        LocalSystemOptions options, IReadOnlyDictionary<string, BackendAddress> simulated, CancellationToken cancellationToken, SqliteRequestLog? log = null) =>
        PortInUse.ExplainAsync(options.GatewayPort, "--gateway-port", () => GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = options.GatewayPort,
                Directory = options.GatewayDirectory,
                Region = Region,
                Subscriptions = Subscriptions,
                Backends = options.RealBackends.Concat(simulated).ToDictionary(),
                NamedValues = NamedValuesOf(options),
                RequestLog = log is null ? options.RequestLog : new RequestLogs([log, options.RequestLog]),
            },
            options.GatewayTime,
            cancellationToken));

    private static Dictionary<string, string> NamedValuesOf(LocalSystemOptions options) => options.TokensPerMinute is { } tokens
        ? new() { [NamedValues.TokensPerMinute] = tokens.ToString(CultureInfo.InvariantCulture) }
        : [];
}
