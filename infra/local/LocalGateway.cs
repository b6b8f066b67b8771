using ContosoSuites.Local.Gateway;

namespace ContosoSuites.Local;

/// <summary>The gateway over simulated and real backends.</summary>
internal static class LocalGateway
{
    /// <summary>Starts it.</summary>
    /// <param name="options">Where, over which policy and real backends.</param>
    /// <param name="simulated">The addresses of the other backends.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static Task<GatewayServer> StartAsync(
        LocalSystemOptions options, IReadOnlyDictionary<string, BackendAddress> simulated, CancellationToken cancellationToken) =>
        PortInUse.ExplainAsync(options.GatewayPort, "--gateway-port", () => GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = options.GatewayPort,
                Directory = options.GatewayDirectory,
                Backends = options.RealBackends.Concat(simulated).ToDictionary(),
                RequestLog = options.RequestLog,
            },
            cancellationToken: cancellationToken));
}
