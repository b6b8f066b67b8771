using System.Reflection;
using System.Security.Cryptography;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Workers;

namespace ContosoSuites.Local.Machine;

/// <summary>The Function App in the built-in host.</summary>
internal static class LocalApp
{
    /// <summary>The app's dll, where its project's build puts it.</summary>
    public static string File { get; } = typeof(LocalApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "FunctionApp").Value!;

    /// <summary>How long the Functions host lets running functions end before it stops.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    public static string CreateKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>Starts it.</summary>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static Task<FunctionsHost> StartAsync(LocalSystemOptions options, AppConnections connections, CancellationToken cancellationToken) =>
        PortInUse.ExplainAsync(options.AppPort, "--app-port", () => FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                Port = options.AppPort,
                Worker = options.Worker ?? new ProcessWorkerHome(File),
                Settings = connections.Apply(options.AppSettings),
                FunctionKey = options.FunctionKey,
                ConfigureLogging = options.AppLogging,
                ShutdownTimeout = options.AppShutdownTimeout,
            },
            cancellationToken));
}
