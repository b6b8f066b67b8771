using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Samples;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

public sealed class SqliteSeedTests : IDisposable
{
    private readonly TemporaryDatabase _files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_new_database_holds_the_sample_data_and_nothing_is_embedded()
    {
        await using SqliteDatabase database = _files.Open();
        StoresUnderTest stores = TemporaryDatabase.Stores(database, _files.Clock);
        SampleData data = SampleData.Load();

        Assert.Equal(data.Hotels, await stores.Hotels.GetHotelsAsync(Ct));
        MaintenanceRequestPage pending = await stores.Requests.ListPendingAsync(1000, cancellationToken: Ct);
        Assert.Equal(data.MaintenanceRequests.OrderBy(request => request.Date), pending.Requests);
    }

    [Fact]
    public async Task What_was_deleted_does_not_come_back_at_the_next_start()
    {
        string deleted = SampleData.Load().MaintenanceRequests[0].Id;
        await using (SqliteDatabase database = _files.Open())
        {
            Assert.True(await TemporaryDatabase.Stores(database, _files.Clock).Requests.DeleteAsync(deleted, Ct));
        }

        await using SqliteDatabase again = _files.Open();
        StoresUnderTest stores = TemporaryDatabase.Stores(again, _files.Clock);
        Assert.Null(await stores.Requests.GetAsync(deleted, Ct));
        Assert.Equal(59, (await stores.Requests.ListAsync(new() { PageSize = 1000 }, Ct)).Requests.Count);
    }
}
