namespace ContosoSuites.Local.Logs;

/// <summary>What a <see cref="LogQueryServer"/> is started with.</summary>
public sealed record LogQueryOptions
{
    /// <summary>The log file that the gateway writes.</summary>
    public required string File { get; init; }

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The most rows of a result; a larger one is cut and says so, as in Log Analytics.</summary>
    public int MaxRows { get; init; } = 500_000;

    /// <summary>Where the server logs; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
