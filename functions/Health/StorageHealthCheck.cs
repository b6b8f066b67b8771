using System.Globalization;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ContosoSuites.Functions.Health;

/// <summary>Asks the store to answer a read and take a write, and whether its embeddings are those of the settings.</summary>
internal sealed class StorageHealthCheck(IStorageProbe probe, EmbeddingSettings embeddings, StorageOutage outage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            int? stored = await probe.CheckAsync(cancellationToken);
            return stored is { } length && length != embeddings.Dimensions
                ? HealthCheckResult.Degraded(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The store ({probe.StoreName}) keeps embeddings of {length} numbers, and Embeddings:Dimensions is {embeddings.Dimensions}. Set it to {length}, with a deployment in AzureOpenAI:EmbeddingDeploymentName that makes such: vector search can not compare others."))
                : HealthCheckResult.Healthy($"The store ({probe.StoreName}) answers.");
        }
        catch (StorageUnavailableException e)
        {
            outage.Begin(e);
            return HealthCheckResult.Unhealthy($"The store ({probe.StoreName}) is not available: {e.Problem}. The app's log says more.");
        }
    }
}
