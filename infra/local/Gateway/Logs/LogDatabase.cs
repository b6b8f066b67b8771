using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>The SQLite file that stands for a Log Analytics workspace.</summary>
/// <remarks>
/// Write-ahead logging, so that queries and the gateway do not wait for each other. A commit survives the end of the
/// process, however it ends; a power cut may take the last rows, which a log can bear.
/// </remarks>
internal static class LogDatabase
{
    /// <summary>Opens it for writing, and makes file and tables when they are missing.</summary>
    public static SqliteConnection OpenForWriting(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA busy_timeout = 5000");
        Execute(connection, GatewayLogRow.Table.CreateSql + LlmLogRow.Table.CreateSql);
        return connection;
    }

    /// <summary>Opens it for reading, with the temporary <paramref name="views"/> that only this connection has.</summary>
    public static SqliteConnection OpenForReading(string file, string views)
    {
        // Not read-only: the first reader of a write-ahead log may have to write its index.
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        Execute(connection, views + "; PRAGMA query_only = ON; PRAGMA busy_timeout = 5000");
        return connection;
    }

    /// <summary>Removes the oldest rows so that no more than <paramref name="rows"/> stay in a table.</summary>
    public static void Trim(SqliteConnection connection, long rows)
    {
        foreach (var table in (ReadOnlySpan<string>)[GatewayLogRow.Table.Name, LlmLogRow.Table.Name])
        {
            Execute(connection, FormattableString.Invariant($"DELETE FROM {table} WHERE rowid <= (SELECT max(rowid) FROM {table}) - {rows}"));
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        // Out of the pool: closing it closes the file, which may be a temporary one.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
