using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>What the contract can not ask for, since SQLite has transactions: hours that are replaced and removed one by one.</summary>
public sealed class CosmosDistributionStoreTests(CosmosEmulator emulator) : IClassFixture<CosmosEmulator>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CosmosFaults _faults = new();
    private CosmosClient _client = null!;
    private CosmosDatabase _database = null!;
    private CosmosDistributionStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = await emulator.ConnectAsync(_faults);
        _database = CosmosStores.Open(_client, await emulator.CreateDatabaseAsync(_client));
        _store = new CosmosDistributionStore(_database);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_hour_that_is_purged_as_a_whole_leaves_no_item()
    {
        await ReplaceAsync(Noon, 1);

        Assert.Equal(65, await _store.PurgeAsync(Noon.AddHours(1).AddMinutes(5), Ct));

        DistributionHour left = Assert.Single(await _database.QueryAsync<DistributionHour>(
            _database.BackendDistribution, new QueryDefinition("SELECT * FROM c"), partition: null, Ct));
        Assert.Equal(("2027-03-01", "2027-03-01T13:00:00.0000000Z"), (left.Day, left.Id));
        Assert.Equal(55, left.Readings.Count);
    }

    [Fact]
    public async Task A_replacement_that_broke_off_is_completed_by_its_repetition()
    {
        int writes = 0;
        _faults.Answer = request => IsWrite(request) && ++writes > 1 ? CosmosProblemsTests.Answer(403, 5300) : null;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReplaceAsync(Noon, 1));
        _faults.Answer = _ => null;
        Assert.Equal(60, (await _store.ListAsync(Noon, Noon.AddHours(2), Ct)).Count);

        DistributionReplacement replacement = await ReplaceAsync(Noon, 2);

        Assert.Equal((60, 120), (replacement.Removed.Count, replacement.Stored.Count));
        Every.One(await _store.ListAsync(Noon, Noon.AddHours(2), Ct), bin => Assert.Equal(2, bin.Requests));
    }

    [Fact]
    public async Task A_write_on_a_state_that_has_changed_is_made_again_on_the_new_one()
    {
        await ReplaceAsync(Noon, 1);
        int refused = 0;
        _faults.Answer = request => request.Method == HttpMethod.Put && refused++ == 0 ? CosmosProblemsTests.Answer((int)HttpStatusCode.PreconditionFailed, 0) : null;

        await ReplaceAsync(Noon, 2);

        Assert.Equal(3, refused);
        Every.One(await _store.ListAsync(Noon, Noon.AddHours(2), Ct), bin => Assert.Equal(2, bin.Requests));
    }

    [Fact]
    public async Task An_item_that_was_stored_before_usage_was_told_by_function_is_read_and_says_nothing_of_it()
    {
        DistributionBin bin = new() { Start = Noon, Backend = "one", Deployment = "chat", TokensByFunction = new Dictionary<string, long> { ["Chat"] = 11 } };
        DistributionHour hour = DistributionHour.At(Noon) with { Readings = [new() { Start = Noon, AsOf = Noon, Bins = [bin] }] };
        JsonObject item = JsonSerializer.SerializeToNode(hour)!.AsObject();
        Assert.True(item["readings"]![0]!["bins"]![0]!.AsObject().Remove(nameof(DistributionBin.UsageByFunction)));
        await _database.BackendDistribution.CreateItemAsync(item, new PartitionKey(hour.Day), cancellationToken: Ct);

        DistributionBin stored = Assert.Single(await _store.ListAsync(Noon, Noon.AddHours(1), Ct));

        Assert.Equal(11, stored.TokensByFunction["Chat"]);
        Assert.Empty(stored.UsageByFunction);
    }

    private static bool IsWrite(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/docs", StringComparison.Ordinal) && !request.Headers.Contains("x-ms-documentdb-isquery");

    /// <summary>Two hours from a moment on, with one bin at every start.</summary>
    private Task<DistributionReplacement> ReplaceAsync(DateTimeOffset from, int requests) => _store.ReplaceAsync(
        from,
        from.AddHours(2),
        Noon.AddSeconds(requests),
        [.. Enumerable.Range(0, 120).Select(i => new DistributionBin { Start = from + (i * IDistributionStore.BinSize), Backend = "one", Deployment = "chat", Requests = requests })],
        Ct);
}
