using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Storage.Contract;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

/// <summary>SQLite keeps the contract.</summary>
public sealed class SqliteStoreTests : SearchingStoreContract
{
    protected override Task<StoresUnderTest> StartAsync()
    {
        var files = new TemporaryDatabase();
        var database = TemporaryDatabase.Open(files.File, Clock);
        return Task.FromResult(TemporaryDatabase.Stores(database, Clock, new Owner(database, files)));
    }

    private sealed class Owner(SqliteDatabase database, TemporaryDatabase files) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            files.Dispose();
        }
    }
}
