using ContosoSuites.Functions.Gateway;
using ContosoSuites.Local.Host;

namespace ContosoSuites.Local;

/// <summary>The Function App in the built-in host.</summary>
internal static class LocalApp
{
    /// <summary>Starts it.</summary>
    /// <param name="options">Where, and with which settings.</param>
    /// <param name="connections">Where the other parts are.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static Task<FunctionsHost> StartAsync(LocalSystemOptions options, AppConnections connections, CancellationToken cancellationToken) =>
        PortInUse.ExplainAsync(options.AppPort, "--app-port", () => FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                Port = options.AppPort,
                FunctionsAssembly = typeof(ApiManagementOptions).Assembly,
                HostJsonPath = options.HostJsonPath,
                Settings = connections.Apply(options.AppSettings),
            },
            ct: cancellationToken));
}
