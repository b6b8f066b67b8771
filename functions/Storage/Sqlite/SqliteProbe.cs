using Dapper;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Asks the database file for a read and for a write that changes nothing.</summary>
internal sealed class SqliteProbe(SqliteDatabase database) : IStorageProbe
{
    /// <inheritdoc/>
    public string StoreName => "sqlite";

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        await database.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM hotels"), cancellationToken);

        // A transaction alone would not do: on a read-only file SQLite quietly begins one that only reads.
        await database.WriteAsync(connection => connection.Execute("DELETE FROM seeds WHERE false"), cancellationToken);
    }
}
