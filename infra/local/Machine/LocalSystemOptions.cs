using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Records;
using ContosoSuites.Local.Host.Workers;

namespace ContosoSuites.Local.Machine;

/// <summary>What to start, and where. A port of 0 means any free one.</summary>
public sealed record LocalSystemOptions
{
    /// <summary>The folder with policy.xml, backends.json and api.json.</summary>
    public string GatewayDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "gateway");

    /// <summary>The settings of the Function App, as in local.settings.json's Values, without the gateway's address.</summary>
    public required IReadOnlyDictionary<string, string?> AppSettings { get; init; }

    /// <summary>Real models in place of simulated ones, by the backend's name in backends.json.</summary>
    public IReadOnlyDictionary<string, BackendAddress> RealBackends { get; init; } = new Dictionary<string, BackendAddress>();

    /// <summary>How many tokens a minute the gateway grants; null for the limit in backends.json.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>The gateway's clock.</summary>
    internal TimeProvider GatewayTime { get; init; } = TimeProvider.System;

    /// <summary>Whether the simulated instances speak https, with certificates that this system's gateway trusts.</summary>
    public bool ModelsHttps { get; init; }

    /// <summary>How long a simulated instance takes for each piece of a streamed answer.</summary>
    public TimeSpan ModelPace { get; init; }

    /// <summary>Takes the record of every request that the gateway answers; null for nobody.</summary>
    internal IRequestLog? RequestLog { get; init; }

    /// <summary>The SQLite file of the log tables; null for no logs and no query API.</summary>
    public string? LogFile { get; init; }

    /// <summary>How long after a request its log rows can be queried. In Azure that takes minutes.</summary>
    public TimeSpan LogDelay { get; init; }

    /// <summary>Whether to run the Function App in the built-in host.</summary>
    public bool StartApp { get; init; } = true;

    /// <summary>How to run the app's worker; null for a process of its own.</summary>
    public IWorkerHome? Worker { get; init; }

    /// <summary>The key that the Function App's callers need; null for none, as with Core Tools.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Where the Function App's logs go.</summary>
    public Action<ILoggingBuilder> AppLogging { get; init; } = LocalLogging.ToConsole;

    /// <summary>How long running functions are given to end at a stop.</summary>
    public TimeSpan AppShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The Function App's port.</summary>
    public int AppPort { get; init; }

    /// <summary>The gateway's port.</summary>
    public int GatewayPort { get; init; }

    /// <summary>The first simulated instance's port; the others follow it.</summary>
    public int ModelsPort { get; init; }

    /// <summary>The port of the simulated instances' admin routes.</summary>
    public int AdminPort { get; init; }

    /// <summary>The port of the query API on the logs.</summary>
    public int LogsPort { get; init; }
}
