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
        CosmosSettings settings = await emulator.PlantAsync(client);
        return CosmosStores.Create(CosmosStores.Open(client, settings), settings, Clock, new Owner(client));
    }

    private sealed class Owner(CosmosClient client) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
