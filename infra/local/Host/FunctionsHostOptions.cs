using System.Reflection;

namespace ContosoSuites.Local.Host;

/// <summary>Which app a <see cref="FunctionsHost"/> runs, and how.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The app: an assembly with an entry point and <c>[Function]</c> methods.</summary>
    public required Assembly FunctionsAssembly { get; init; }

    /// <summary>
    /// The app's settings. They win over every other source the app reads; a null value is as good as no entry. They reach
    /// this app only: environment variables stay as they are.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Path of host.json; where null, the one beside the app's assembly if there is one.</summary>
    public string? HostJsonPath { get; init; }

    /// <summary>Changes the app's services after the app has added its own, for tests.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>Where the logs of the app and of the host go; where null, warnings and errors to the console.</summary>
    public Action<ILoggingBuilder>? ConfigureLogging { get; init; }

    /// <summary>How long the app may take to build its host.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running functions are given to end at a stop before their requests are aborted.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
