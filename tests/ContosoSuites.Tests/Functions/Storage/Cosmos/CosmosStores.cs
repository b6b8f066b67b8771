using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>The stores in Cosmos DB as the app puts them together.</summary>
internal static class CosmosStores
{
    public static CosmosDatabase Open(CosmosClient client, CosmosSettings settings) => new(client, settings, new CosmosProblems(settings, "the identity of the tests"), new StorageOutage(NullLogger<StorageOutage>.Instance));

    public static StoresUnderTest Create(CosmosDatabase database, CosmosSettings settings, TimeProvider clock, IAsyncDisposable owner, int dimensions = 1536)
    {
        var vectors = new CosmosVectors(database, settings, new EmbeddingSettings { Dimensions = dimensions });
        var hotels = new CosmosHotelStore(database);
        return new StoresUnderTest(
            hotels,
            new CosmosMaintenanceRequestStore(database, vectors, hotels, clock),
            new CosmosConversationStore(database, clock),
            new CosmosDistributionStore(database),
            new CosmosProbe(database, vectors),
            owner);
    }
}
