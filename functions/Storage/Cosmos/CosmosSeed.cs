using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Samples;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>
/// Puts the sample data into the containers. What is there already stays as it is, so it can be repeated. Embeddings are the
/// deployed app's to make: EmbedPendingRequests finds what has none.
/// </summary>
public static class CosmosSeed
{
    private const int WritersAtOnce = 8;

    /// <summary>Puts the sample data there.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="credential">Who writes.</param>
    /// <param name="identity">That in words, for what goes wrong.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>An entry a container.</returns>
    /// <exception cref="StorageUnavailableException">It can not be written, and this is why.</exception>
    public static async Task<IReadOnlyList<CosmosSeedCount>> PlantAsync(
        CosmosSettings settings, TokenCredential credential, string identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        CosmosClientOptions options = CosmosClientFactory.CreateOptions(NullLogger<RequestChargeLog>.Instance);

        // Through the gateway: a machine at a desk often reaches port 443 only.
        options.ConnectionMode = ConnectionMode.Gateway;
        using var client = new CosmosClient(settings.AccountEndpoint, credential, options);
        return await PlantAsync(new CosmosDatabase(client, settings, new CosmosProblems(settings, identity), new StorageOutage(NullLogger<StorageOutage>.Instance)), cancellationToken);
    }

    /// <summary>Puts the sample data there.</summary>
    internal static async Task<IReadOnlyList<CosmosSeedCount>> PlantAsync(CosmosDatabase database, CancellationToken cancellationToken)
    {
        SampleData data = SampleData.Load();
        return
        [
            await PlantAsync("hotels", database.Hotels, data.Hotels.Select(Item)),
            await PlantAsync("bookings", database.Bookings, data.Bookings.Select(Item)),
            await PlantAsync("maintenance requests", database.MaintenanceRequests, data.MaintenanceRequests.Select(Item)),
        ];

        async Task<CosmosSeedCount> PlantAsync(string name, Container container, IEnumerable<(JsonObject Item, PartitionKey Partition)> items)
        {
            int created = 0;
            int there = 0;
            await Parallel.ForEachAsync(
                items,
                new ParallelOptions { MaxDegreeOfParallelism = WritersAtOnce, CancellationToken = cancellationToken },
                async (item, token) =>
                {
                    bool isNew = await database.TryCreateAsync(container, item.Item, item.Partition, token) is not null;
                    Interlocked.Increment(ref isNew ? ref created : ref there);
                });
            return new CosmosSeedCount(name, created, there);
        }
    }

    private static (JsonObject Item, PartitionKey Partition) Item(Hotel hotel)
    {
        string id = CosmosHotelStore.IdOf(hotel.HotelId);
        return (WithId(hotel, id), new PartitionKey(id));
    }

    private static (JsonObject Item, PartitionKey Partition) Item(Booking booking) =>
        (WithId(booking, CosmosHotelStore.IdOf(booking.BookingId)), new PartitionKey(booking.HotelId));

    private static (JsonObject Item, PartitionKey Partition) Item(MaintenanceRequest request) =>
        (RequestDocument.Of(request), new PartitionKey(request.HotelId));

    private static JsonObject WithId<T>(T value, string id)
    {
        JsonObject item = JsonSerializer.SerializeToNode(value)!.AsObject();
        item["id"] = id;
        return item;
    }
}

/// <summary>What became of the sample data of one kind.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Created">How many were put there now.</param>
/// <param name="There">How many were there already.</param>
public sealed record CosmosSeedCount(string Name, int Created, int There);
