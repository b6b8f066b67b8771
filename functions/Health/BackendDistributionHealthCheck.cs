using System.Globalization;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ContosoSuites.Functions.Health;

/// <summary>
/// Tells when the backend distribution was last collected and how far behind it is. Never worse than degraded: nobody's chat
/// depends on it.
/// </summary>
internal sealed class BackendDistributionHealthCheck(
    IDistributionStore store,
    CollectionStatus status,
    LogAnalyticsSettings logAnalytics,
    DistributionSettings settings,
    TimeProvider timeProvider) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!logAnalytics.IsConfigured)
        {
            return HealthCheckResult.Healthy("Collection is off: LogAnalytics:WorkspaceId is not set.");
        }

        try
        {
            return Judge(await store.GetWatermarkAsync(cancellationToken));
        }
        catch (StorageUnavailableException e)
        {
            return HealthCheckResult.Degraded($"The data store is not available: {e.Problem}.", e);
        }
    }

    private HealthCheckResult Judge(DateTimeOffset? collectedUpTo)
    {
        // Before the first collection there is nothing to be behind of but the start itself.
        TimeSpan behind = timeProvider.GetUtcNow() - (collectedUpTo ?? status.Started);
        string description = string.Create(
            CultureInfo.InvariantCulture,
            $"{(collectedUpTo is { } time ? $"Collected up to {time:u}" : "Not collected yet")}, {Math.Max(0, (long)behind.TotalMinutes)} minutes behind. {DescribeLastRun()}");
        return behind > settings.DegradedAfter ? HealthCheckResult.Degraded(description) : HealthCheckResult.Healthy(description);
    }

    private string DescribeLastRun() => status.Last switch
    {
        null => "No run on this instance yet.",
        { Failure: null } last => $"The last run ended at {last.Ended:u}.",
        { } last => $"The last run, at {last.Ended:u}, failed: {last.Failure}",
    };
}
