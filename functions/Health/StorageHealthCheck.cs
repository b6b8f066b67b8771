using ContosoSuites.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ContosoSuites.Functions.Health;

/// <summary>Asks the store to answer a read and a write that changes nothing.</summary>
internal sealed class StorageHealthCheck(IStorageProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await probe.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy($"The store ({probe.StoreName}) answers.");
        }
        catch (StorageUnavailableException e)
        {
            return HealthCheckResult.Unhealthy($"The store ({probe.StoreName}) is not available: {e.Problem}. The app's log says more.", e);
        }
    }
}
