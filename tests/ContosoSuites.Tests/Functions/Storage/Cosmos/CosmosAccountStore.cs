using System.Text.Json;
using Azure.Identity;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>
/// Cosmos DB keeps the contract, vector search included: against the account that CONTOSO_COSMOS_ENDPOINT names, as whoever
/// is signed in, in a database that is for this alone. Its containers are emptied before each test.
/// </summary>
/// <remarks>
/// Where no account is named there are no such tests, rather than skipped ones, which .ci/run takes for tests that a machine
/// lacks a tool for: the project compiles the class that makes them discoverable only then.
/// </remarks>
[Collection("Cosmos DB account")]
public abstract class CosmosAccountStore : SearchingStoreContract
{
    private const string Endpoint = "CONTOSO_COSMOS_ENDPOINT";
    private const string DatabaseName = "ContosoSuitesTests";


    protected override async Task<StoresUnderTest> StartAsync()
    {
        var settings = new CosmosSettings
        {
            AccountEndpoint = Environment.GetEnvironmentVariable(Endpoint) ?? throw new InvalidOperationException($"{Endpoint} is not set: it is the account's address."),
            DatabaseName = DatabaseName,
            MaintenanceRequestsContainerName = CosmosContainers.MaintenanceRequests,
        };
        CosmosClient client = CosmosClientFactory.Create(settings.AccountEndpoint, new DefaultAzureCredential(), NullLogger<RequestChargeLog>.Instance);
        CosmosDatabase database = CosmosStores.Open(client, settings);
        foreach ((Container container, string partitionKey) in new[]
        {
            (database.Hotels, "id"), (database.Bookings, "hotelID"), (database.MaintenanceRequests, "hotel_id"),
            (database.IdempotencyKeys, "id"), (database.Conversations, "id"), (database.BackendDistribution, "day"),
        })
        {
            await EmptyAsync(database, container, partitionKey);
        }

        await CosmosSeed.PlantAsync(database, Ct);
        return CosmosStores.Create(database, settings, Clock, new Owner(client));
    }

    private static async Task EmptyAsync(CosmosDatabase database, Container container, string partitionKey)
    {
        var query = new QueryDefinition($"SELECT c.id, c.{partitionKey} AS partition FROM c");
        await Parallel.ForEachAsync(await database.QueryAsync<Item>(container, query, partition: null, Ct), Ct, async (item, token) =>
            await database.TryDeleteAsync(
                container,
                item.id,
                item.partition.ValueKind is JsonValueKind.Number ? new PartitionKey(item.partition.GetDouble()) : new PartitionKey(item.partition.GetString()),
                etag: null,
                token));
    }

    private sealed record Item(string id, JsonElement partition);

    private sealed class Owner(CosmosClient client) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
