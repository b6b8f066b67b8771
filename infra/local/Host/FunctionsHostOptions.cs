using ContosoSuites.Local.Host.Workers;

namespace ContosoSuites.Local.Host;

/// <summary>Which app a <see cref="FunctionsHost"/> runs, and how.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The app, and the way in which its worker is run.</summary>
    public required IWorkerHome Worker { get; init; }

    /// <summary>The app's settings; a null value is as good as no entry.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The key that a function of authorization level Function asks for; null to ask for none, as Core Tools do.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Where the logs of the app and of the host go.</summary>
    public Action<ILoggingBuilder> ConfigureLogging { get; init; } = _ => { };

    /// <summary>The clock of the timers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long running functions are given to end at a stop before they are cancelled.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
