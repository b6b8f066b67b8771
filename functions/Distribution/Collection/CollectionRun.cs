using ContosoSuites.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>One run of the timer: collects, then looks at the last hour.</summary>
/// <param name="collector">Collects.</param>
/// <param name="reports">Judges the last hour.</param>
/// <param name="metrics">Told of the last hour's figures.</param>
/// <param name="skew">Told of the last hour's judgement.</param>
/// <param name="status">Told how it went.</param>
/// <param name="settings">Whether there is anything to collect from.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Told of what was collected.</param>
/// <remarks>A failure is Health's to tell and the host's to log: the function fails with it, which the platform's monitoring sees.</remarks>
internal sealed partial class CollectionRun(
    DistributionCollector collector,
    DistributionReports reports,
    DistributionMetrics metrics,
    SkewWatch skew,
    CollectionStatus status,
    LogAnalyticsSettings settings,
    TimeProvider timeProvider,
    ILogger<CollectionRun> logger) : ICollectionRun
{
    private static readonly TimeSpan JudgedSpan = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!settings.IsConfigured)
        {
            return;
        }

        try
        {
            CollectionOutcome outcome = await collector.CollectAsync(cancellationToken);
            DateTimeOffset now = timeProvider.GetUtcNow();
            DistributionReport lastHour = await reports.CreateAsync(new DistributionRange(now - JudgedSpan, now, IDistributionStore.BinSize), cancellationToken);
            metrics.Set(lastHour);
            skew.Observe(lastHour.PriorityGroups);
            status.Ended(failure: null);
            LogCollected(outcome.From, outcome.To, outcome.Bins);
        }
        catch (LogQueryException e)
        {
            status.Ended(e.Message);
            throw;
        }
        catch (StorageUnavailableException e)
        {
            status.Ended($"The data store is not available: {e.Problem}.");
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Collected the backend distribution from {From:u} to {To:u}: {Bins} bins.")]
    private partial void LogCollected(DateTimeOffset from, DateTimeOffset to, int bins);
}

/// <summary>What the collector's timer sets off.</summary>
public interface ICollectionRun
{
    /// <summary>Collects once. A failure's message says what the operator can do; what is due stays due for the next run.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="LogQueryException">The logs can not be read, or not completely.</exception>
    /// <exception cref="Storage.StorageUnavailableException">The store can not be written or read.</exception>
    public Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a collection has done.</summary>
/// <param name="From">The start of what was read.</param>
/// <param name="To">The end.</param>
/// <param name="Bins">The bins that were stored.</param>
internal sealed record CollectionOutcome(DateTimeOffset From, DateTimeOffset To, int Bins);
