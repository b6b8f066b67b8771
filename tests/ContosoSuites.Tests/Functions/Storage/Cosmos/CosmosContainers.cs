using System.Collections.ObjectModel;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>The containers that the stores need. <see cref="Infra.CosmosTests"/> compares them with those that are deployed.</summary>
internal static class CosmosContainers
{
    public const string MaintenanceRequests = "MaintenanceRequests";

    public static IEnumerable<ContainerProperties> All(int vectorDimensions = 1536) =>
    [
        new("Hotels", "/id") { DefaultTimeToLive = -1 },
        new("Bookings", "/hotelID") { DefaultTimeToLive = -1 },
        new(MaintenanceRequests, "/hotel_id")
        {
            IndexingPolicy = RequestIndexes(),
            VectorEmbeddingPolicy = new VectorEmbeddingPolicy(new Collection<Embedding>
            {
                new() { Path = "/request_vector", DataType = VectorDataType.Float32, DistanceFunction = DistanceFunction.Cosine, Dimensions = vectorDimensions },
            }),
        },
        new("IdempotencyKeys", "/id") { DefaultTimeToLive = -1 },
        new("Conversations", "/id") { DefaultTimeToLive = 86400 },
        new("BackendDistribution", "/day") { DefaultTimeToLive = 90 * 86400 },
    ];

    private static IndexingPolicy RequestIndexes()
    {
        var policy = new IndexingPolicy();
        policy.CompositeIndexes.Add(
        [
            new CompositePath { Path = "/date", Order = CompositePathSortOrder.Ascending },
            new CompositePath { Path = "/id", Order = CompositePathSortOrder.Ascending },
        ]);
        return policy;
    }
}
