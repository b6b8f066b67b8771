using ContosoSuites.Functions.Health;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Asks each container for a read and for a write that changes nothing, and for the length of the vectors.</summary>
internal sealed class CosmosProbe(CosmosDatabase database, CosmosVectors vectors) : IStorageProbe
{
    private const string Nothing = "health-probe";

    /// <inheritdoc/>
    public string StoreName => "cosmos";

    /// <inheritdoc/>
    public async Task<int?> CheckAsync(CancellationToken cancellationToken = default)
    {
        // To read or delete what is not there takes the same permission, and one request unit.
        (Container Container, PartitionKey Partition)[] containers =
        [
            (database.Hotels, new(Nothing)),
            (database.Bookings, new(0)),
            (database.MaintenanceRequests, new(0)),
            (database.IdempotencyKeys, new(Nothing)),
            (database.Conversations, new(Nothing)),
            (database.BackendDistribution, new(Nothing)),
        ];
        Task<int> length = vectors.GetLengthAsync(cancellationToken);
        await Task.WhenAll(
        [
            length,
            .. containers.Select(c => database.ReadAsync<object>(c.Container, Nothing, c.Partition, cancellationToken)),
            .. containers.Select(c => database.TryDeleteAsync(c.Container, Nothing, c.Partition, etag: null, cancellationToken)),
        ]);
        return await length;
    }
}
