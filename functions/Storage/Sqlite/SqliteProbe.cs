using ContosoSuites.Functions.Health;
using Dapper;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Writes to the database file, what is there already, and looks whether its disk has room.</summary>
internal sealed class SqliteProbe(SqliteDatabase database) : IStorageProbe
{
    /// <summary>The bytes below which a disk is full: the log is written over before it grows, so that little ones may still fit.</summary>
    private const long LeastRoom = 1024 * 1024;

    /// <inheritdoc/>
    public string StoreName => "sqlite";

    /// <inheritdoc/>
    public async Task<int?> CheckAsync(CancellationToken cancellationToken = default)
    {
        // A statement that finds nothing to change would not do: SQLite then writes nothing, and so a full disk takes it.
        int? length = await database.WriteAsync(
            connection =>
            {
                connection.Execute($"PRAGMA user_version = {connection.ExecuteScalar<int>("PRAGMA user_version")}");
                return SqliteEmbeddings.StoredLength(connection);
            },
            cancellationToken);
        return HasRoom()
            ? length
            : throw new StorageUnavailableException(
                StorageProblem.Full, $"The database {database.File} is about to be unavailable: its disk is full. Free some space there; no restart is needed.");
    }

    private bool HasRoom()
    {
        try
        {
            return new DriveInfo(database.File).AvailableFreeSpace >= LeastRoom;
        }
        catch (ArgumentException)
        {
            return true; // On Windows only drives can be asked, not shares of other machines.
        }
    }
}
