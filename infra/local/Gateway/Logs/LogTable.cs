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

    private static string SqlType(LogType type) => type switch
    {
        LogType.String => "TEXT NOT NULL",
        LogType.Dynamic => "TEXT",
        LogType.Real => "REAL",
        _ => "INTEGER",
    };
}

/// <summary>A column of a log table. It binds a row's value to the insert, once for every row.</summary>
internal sealed record LogColumn<TRow>(string Name, LogType Type, Action<TRow, RowInsert> Bind);

/// <summary>The types of columns in Log Analytics, as far as these tables use them.</summary>
internal enum LogType
{
    /// <summary>true or false; 1 or 0 in SQLite.</summary>
    Bool,

    /// <summary>A moment; in SQLite in ticks of 100 ns since the year 1, which is also how Kusto divides it into bins.</summary>
    DateTime,
    Dynamic,
    Int,
    Long,
    Real,

    /// <summary>Text; never null, as in Kusto.</summary>
    String,
}
