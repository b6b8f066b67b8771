using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>
/// Cosmos DB keeps the contract, as far as an emulator can tell: without vector search, whose queries
/// <see cref="RequestQueriesTests"/> knows by their text and <see cref="CosmosAccountStore"/> executes.
/// </summary>
public sealed class CosmosEmulatorStoreTests(CosmosEmulator emulator) : StoreContract, IClassFixture<CosmosEmulator>
{

    protected override async Task<StoresUnderTest> StartAsync()
    {
        CosmosClient client = await emulator.ConnectAsync();
        CosmosSettings settings = await emulator.CreateDatabaseAsync(client);
        CosmosDatabase database = CosmosStores.Open(client, settings);
        await CosmosSeed.PlantAsync(database, Ct);
        return CosmosStores.Create(database, settings, Clock, new Owner(client, settings.DatabaseName));
    }

    private sealed class Owner(CosmosClient client, string database) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await client.GetDatabase(database).DeleteAsync();
            client.Dispose();
        }
    }
}
