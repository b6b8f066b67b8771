using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Timer: collects from the gateway's logs which backend served what.</summary>
/// <param name="run">Collects.</param>
public sealed class CollectBackendDistributionFunction(ICollectionRun run)
{
    /// <summary>Collects once.</summary>
    /// <param name="timer">The schedule, setting <c>BackendDistributionSchedule</c>; a run that was missed is made up for.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    [Function("CollectBackendDistribution")]
    public Task RunAsync([TimerTrigger("%BackendDistributionSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        run.RunAsync(cancellationToken);
}
