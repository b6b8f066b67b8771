using System.Globalization;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Gateway.Policies;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Machine;

/// <summary>The gateway over simulated and real backends.</summary>
internal static class LocalGateway
{
    /// <summary>What logs have as the gateway's region.</summary>
    public const string Region = "local";

    public static IReadOnlyList<GatewaySubscription> Subscriptions { get; } = [GatewaySubscription.Local];

    /// <summary>Starts it, over the real backends of the options and the addresses of the simulated ones.</summary>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static Task<GatewayServer> StartAsync(
        LocalSystemOptions options, IReadOnlyDictionary<string, BackendAddress> simulated, CancellationToken cancellationToken, SqliteRequestLog? log = null) =>
        PortInUse.ExplainAsync(options.GatewayPort, "--gateway-port", () => GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = options.GatewayPort,
                Directory = options.GatewayDirectory,
                Subscriptions = Subscriptions,
                Backends = options.RealBackends.Concat(simulated).ToDictionary(),
                NamedValues = options.TokensPerMinute is { } tokens
                    ? new Dictionary<string, string> { [NamedValues.TokensPerMinute] = tokens.ToString(CultureInfo.InvariantCulture) }
                    : new Dictionary<string, string>(),
                RequestLogs = [.. new IRequestLog?[] { log, options.RequestLog }.OfType<IRequestLog>()],
                LoggerFactory = LoggerFactory.Create(LocalLogging.GatewayToConsole),
            },
            options.GatewayTime,
            cancellationToken));
}
