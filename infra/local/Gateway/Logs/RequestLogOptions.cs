namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>What a <see cref="SqliteRequestLog"/> is started with.</summary>
internal sealed record RequestLogOptions
{
    /// <summary>The SQLite file.</summary>
    public required string File { get; init; }

    /// <summary>What all rows have in common.</summary>
    public required LogSettings Settings { get; init; }

    /// <summary>How long after it was written a row can be queried. In Azure that takes minutes.</summary>
    public TimeSpan IngestionDelay { get; init; }

    /// <summary>How many records may wait for the writer.</summary>
    public int QueueCapacity { get; init; } = 65_536;

    /// <summary>How many rows a table keeps; the oldest go.</summary>
    public long Retention { get; init; } = 2_000_000;

    /// <summary>Where it logs what goes wrong; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
