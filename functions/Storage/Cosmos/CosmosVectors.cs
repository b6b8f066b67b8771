using System.Collections.ObjectModel;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Vectors;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>
/// Checks vectors by the policy of the maintenance requests' container, which fixes their length for good, and scales them to
/// length 1: so Cosmos DB has no numbers to deal with that are too large or too small for it.
/// </summary>
internal sealed class CosmosVectors(CosmosDatabase database, CosmosSettings cosmos, EmbeddingSettings embeddings)
{
    private volatile bool _isChecked;

    /// <summary>The unit vector of a vector.</summary>
    /// <exception cref="InvalidVectorException">Its length is not that of the stored vectors, or it has no direction.</exception>
    /// <exception cref="StorageUnavailableException">The container's vectors are not those of the settings.</exception>
    public async Task<float[]> ToUnitAsync(ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        if (!_isChecked)
        {
            ThrowUnlessSet(await GetLengthAsync(cancellationToken));
            _isChecked = true;
        }

        InvalidVectorException.ThrowIfInvalid(vector.Span, embeddings.Dimensions);
        var unit = new float[vector.Length];
        UnitVector.Write(vector.Span, unit);
        return unit;
    }

    /// <summary>How many numbers the container's vectors have.</summary>
    /// <exception cref="StorageUnavailableException">It is made for none, and this is what to do.</exception>
    public async Task<int> GetLengthAsync(CancellationToken cancellationToken)
    {
        ContainerProperties container = await database.RunAsync(
            async () => (await database.MaintenanceRequests.ReadContainerAsync(cancellationToken: cancellationToken)).Resource, cancellationToken);
        Collection<Embedding>? policy = container.VectorEmbeddingPolicy?.Embeddings;
        Embedding? embedding = policy?.FirstOrDefault(embedding => embedding.Path == RequestDocument.VectorPath);
        return (int?)embedding?.Dimensions
            ?? throw Misconfigured(
                $"has no vector policy on {RequestDocument.VectorPath}, so nothing can be found by similarity. Create one as infra/modules/cosmos.bicep does, and name it in CosmosDB:MaintenanceRequestsContainerName");
    }

    private void ThrowUnlessSet(int length)
    {
        if (length != embeddings.Dimensions)
        {
            throw Misconfigured(
                $"is made for vectors of {length} numbers, and Embeddings:Dimensions is {embeddings.Dimensions}. Set it to {length}, with a deployment in AzureOpenAI:EmbeddingDeploymentName that makes such; or name a container that was created for {embeddings.Dimensions} in CosmosDB:MaintenanceRequestsContainerName");
        }
    }

    private StorageUnavailableException Misconfigured(string what) =>
        new(StorageProblem.Misconfigured, $"The container {cosmos.MaintenanceRequestsContainerName} in {cosmos.DatabaseName} {what}.");
}
