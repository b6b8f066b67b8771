using System.Reflection;

namespace ContosoSuites.Local.Host.App;

/// <summary>Builds the app's own host from its unchanged entry point, so that it can be started inside this process.</summary>
internal static class FunctionsApp
{
    /// <summary>Runs the entry point up to the built host.</summary>
    /// <param name="entryPoint">The app's entry point.</param>
    /// <param name="options">Settings and changes to the app's services.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The app's host, not started.</returns>
    public static Task<IHost> BuildAsync(EntryPoint entryPoint, FunctionsHostOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> settings = options.Settings.Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value);
        string[] args = Arguments(options.FunctionsAssembly, settings);
        return EntryPointRun.BuildHostAsync(entryPoint, args, Configure, options.StartTimeout, cancellationToken);

        void Configure(IHostBuilder builder)
        {
            // Once more: the command line shows the app its settings while it adds its services; this puts them above the
            // sources that the app or the worker added after the command line.
            builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings));
            builder.ConfigureServices(services =>
            {
                services.AddLogging(options.ConfigureLogging ?? WarningsToConsole);
                HostedServices.KeepThoseOfTheApp(services);
                options.ConfigureServices?.Invoke(services);
            });
        }
    }

    /// <summary>The logging of an app, and of the host's server, when nothing else was asked for.</summary>
    /// <param name="logging">The logging to set up.</param>
    public static void WarningsToConsole(ILoggingBuilder logging) => logging
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .AddFilter(null, LogLevel.Warning);

    private static string[] Arguments(Assembly assembly, Dictionary<string, string?> settings)
    {
        string? unusable = settings.Keys.FirstOrDefault(key => key.Length == 0 || key.Contains('='));
        if (unusable is not null)
        {
            throw new FunctionsHostException($"'{unusable}' can not be the name of a setting: it is empty or has an equals sign.");
        }

        return
        [
            // As Core Tools starts a worker: the environment, and the output folder as the app's directory.
            $"--environment={Environments.Development}",
            $"--applicationName={assembly.GetName().Name}",
            $"--contentRoot={AppContext.BaseDirectory}",
            // Watching appsettings.json takes an inotify instance per app; Linux allows 128, and tests start many.
            "--hostBuilder:reloadConfigOnChange=false",
            .. settings.Select(s => $"--{s.Key}={s.Value}"),
        ];
    }
}
