using Dapper;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Asks the database file for a read and an empty transaction.</summary>
internal sealed class SqliteProbe(SqliteDatabase database) : IStorageProbe
{
    /// <inheritdoc/>
    public string StoreName => "sqlite";

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        await database.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM hotels"), cancellationToken);
        await database.WriteAsync(connection => 0, cancellationToken);
    }
}
