using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

/// <summary>A folder of its own with a database file that goes when the test is over.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    public TemporaryDatabase() => File = Path.Combine(Folder, "contoso.db");

    public string Folder { get; } = Directory.CreateTempSubdirectory("contoso-storage-").FullName;

    public string File { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A database on the file, as a process that starts would open it.</summary>
    public SqliteDatabase Open() => Open(File, Clock, busyTimeoutSeconds: 1);

    /// <summary>A database on a file of any place.</summary>
    public static SqliteDatabase Open(string file, TimeProvider clock, int busyTimeoutSeconds = 5) =>
        new(file, clock, NullLogger<SqliteDatabase>.Instance, new StorageOutage(NullLogger<StorageOutage>.Instance), busyTimeoutSeconds);

    /// <summary>Looks at the file past the code under test.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public static StoresUnderTest Stores(SqliteDatabase database, TimeProvider clock, IAsyncDisposable? owner = null, int dimension = 1536) => new(
        new SqliteHotelStore(database),
        new SqliteMaintenanceRequestStore(database, new SqliteEmbeddings(database, dimension), clock),
        new SqliteConversationStore(database, clock),
        new SqliteDistributionStore(database),
        new SqliteProbe(database),
        owner ?? database);
}
