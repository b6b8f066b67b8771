using System.Reflection;
using System.Security.Cryptography;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Workers;
using Microsoft.Extensions.Logging.Console;

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

/// <summary>What of the app's and the gateway's logs one sees at the console.</summary>
internal static class LocalLogging
{
    /// <summary>What the app itself has to say, and the warnings of all others, to the standard error stream.</summary>
    public static void ToConsole(ILoggingBuilder logging) => To(logging, LogLevel.Information, LogLevel.Warning);

    /// <summary>Errors alone.</summary>
    public static void ErrorsToConsole(ILoggingBuilder logging) => To(logging, LogLevel.Error, LogLevel.Error);

    /// <summary>
    /// Where the policy is at fault, or the gateway: its callers only get an id to look it up by. Of the server below it nothing,
    /// which takes a response that is cut on purpose for an error.
    /// </summary>
    public static void GatewayToConsole(ILoggingBuilder logging) => To(logging, LogLevel.Error, LogLevel.None);

    private static void To(ILoggingBuilder logging, LogLevel ofTheApp, LogLevel ofOthers) => logging
        .AddSimpleConsole(console => console.TimestampFormat = "HH:mm:ss ")
        .AddFilter(null, ofOthers)
        .AddFilter("ContosoSuites", ofTheApp)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
