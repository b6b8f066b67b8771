namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>A log table: its columns under the names and types of Log Analytics, and where their values come from.</summary>
internal sealed record LogTable<TRow>(string Name, IReadOnlyList<LogColumn<TRow>> Columns)
{
    /// <summary>When a row can be queried, which is later than it was written. Log Analytics has the function ingestion_time() for it.</summary>
    public const string IngestionTime = "_IngestionTime";

    /// <summary>Makes the table, and the index that every query's time range uses.</summary>
    public string CreateSql =>
        $"""
        CREATE TABLE IF NOT EXISTS {Name} (
            {string.Join(",\n    ", Columns.Select(column => $"{column.Name} {SqlType(column.Type)}"))},
            {IngestionTime} INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS {Name}_TimeGenerated ON {Name} (TimeGenerated);
        """;

    /// <summary>Inserts a row: the columns in their order, then the ingestion time. A text that is missing is empty.</summary>
    public string InsertSql =>
        $"INSERT INTO {Name} VALUES ({string.Join(", ", Columns.Select((column, i) => column.Type == LogType.String ? $"coalesce(?{i + 1}, '')" : $"?{i + 1}"))}, ?{Columns.Count + 1})";

    /// <summary>Its schema as Kusto writes it: <c>(TimeGenerated:datetime, ...)</c>.</summary>
    public string KustoSchema =>
        $"({string.Join(", ", Columns.Select(column => $"{column.Name}:{column.Type.ToString().ToLowerInvariant()}"))})";

    private static string SqlType(LogType type) => type switch
    {
        LogType.String => "TEXT NOT NULL",
        LogType.Dynamic => "TEXT",
        LogType.Real => "REAL",
        _ => "INTEGER",
    };
}
