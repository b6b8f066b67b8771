using ContosoSuites.Functions.Gateway;
using ContosoSuites.Local.Host;

namespace ContosoSuites.Local;

/// <summary>The Function App in the built-in host.</summary>
internal static class LocalApp
{
    /// <summary>Starts it.</summary>
    /// <param name="options">Where, and with which settings.</param>
    /// <param name="gateway">The gateway that it calls; null for the one in its settings.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static Task<FunctionsHost> StartAsync(LocalSystemOptions options, Uri? gateway, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string?>(options.AppSettings);
        if (gateway is not null)
        {
            settings["ApiManagement:Endpoint"] = gateway.AbsoluteUri.TrimEnd('/');
        }

        return PortInUse.ExplainAsync(options.AppPort, "--app-port", () => FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                Port = options.AppPort,
                FunctionsAssembly = typeof(ApiManagementOptions).Assembly,
                HostJsonPath = options.HostJsonPath,
                Settings = settings,
            },
            ct: cancellationToken));
    }
}
