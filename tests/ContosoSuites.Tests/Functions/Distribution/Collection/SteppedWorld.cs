using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>The logs and the store, each use of which is a step.</summary>
internal sealed class SteppedWorld(Stepping steps, IDistributionLog log, IDistributionStore store) : IDistributionLog, IDistributionStore
{
    public async Task<DistributionReading> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await steps.PassAsync();
        return await log.ReadAsync(from, to, cancellationToken);
    }

    public async Task<DistributionReplacement> ReplaceAsync(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, IReadOnlyList<DistributionBin> bins, CancellationToken cancellationToken = default)
    {
        await steps.PassAsync();
        return await store.ReplaceAsync(from, to, asOf, bins, cancellationToken);
    }

    public async Task<DateTimeOffset?> GetWatermarkAsync(CancellationToken cancellationToken = default)
    {
        await steps.PassAsync();
        return await store.GetWatermarkAsync(cancellationToken);
    }

    public async Task AdvanceWatermarkAsync(DateTimeOffset watermark, CancellationToken cancellationToken = default)
    {
        await steps.PassAsync();
        await store.AdvanceWatermarkAsync(watermark, cancellationToken);
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        await steps.PassAsync();
        return await store.PurgeAsync(before, cancellationToken);
    }

    public Task<IReadOnlyList<DistributionBin>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        store.ListAsync(from, to, cancellationToken);
}
