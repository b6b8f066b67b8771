using System.Globalization;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Brings the stored bins up to date with the logs.</summary>
/// <remarks>
/// Each run reads everything anew that may have changed since: from the watermark, less the time that rows may be late, to
/// now. What it has read takes the place of what stood there, so it does not matter how often something is read, nor that
/// a run ends in the middle: its watermark has not moved past what is stored, and the next run begins there. Long stretches
/// are read a day or so at a time, so that memory does not grow with them and a day that is done stays done.
/// </remarks>
internal sealed class DistributionCollector(
    IDistributionLog log, IDistributionStore store, DistributionMetrics metrics, DistributionSettings settings, TimeProvider timeProvider)
{
    // Windows begin and end where five minutes do. An earlier version stored bins of that length, and what takes the place of such
    // a bin has to be all of it.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    // A day, and the five minutes that its first moment falls into: a first run of 24 hours is one question.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1) + Step;

    /// <summary>Collects once.</summary>
    /// <exception cref="LogQueryException">The logs can not be read, or not completely.</exception>
    /// <exception cref="StorageUnavailableException">The bins can not be stored.</exception>
    public async Task<CollectionOutcome> CollectAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset oldest = BinTime.Floor(now - settings.Retention, Step);
        DateTimeOffset due = await store.GetWatermarkAsync(cancellationToken) is { } watermark ? watermark - settings.Lateness : now - settings.FirstRun;
        DateTimeOffset from = BinTime.Floor(due > oldest ? due : oldest, Step);
        DateTimeOffset to = BinTime.Ceiling(now, Step);

        int bins = 0;
        for (DateTimeOffset start = from; start < to; start += LongestWindow)
        {
            DateTimeOffset end = start + LongestWindow < to ? start + LongestWindow : to;
            bins += await CollectAsync(start, end, cancellationToken);

            // The bin that is not over yet has been read as well, and will be again.
            await store.AdvanceWatermarkAsync(end < now ? end : now, cancellationToken);
        }

        await store.PurgeAsync(oldest, cancellationToken);
        return new CollectionOutcome(from, to, bins);
    }

    /// <summary>Reads a window and stores it, in halves where the whole is too much for one answer.</summary>
    private async Task<int> CollectAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        DateTimeOffset asOf = timeProvider.GetUtcNow();
        DistributionReading reading = await log.ReadAsync(from, to, cancellationToken);
        if (reading.PartialReason is null)
        {
            DistributionReplacement replacement = await store.ReplaceAsync(from, to, asOf, reading.Bins, cancellationToken);
            metrics.Count(replacement);
            return replacement.Stored.Count;
        }

        if (to - from <= Step)
        {
            string window = string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd HH:mm} to {to:HH:mm} UTC");
            throw new LogQueryException(
                $"The logs from {window} can not be read completely ({reading.PartialReason}), and a window can not be shorter. "
                + "They stay due, and the next run asks again. If it goes on, run infra/queries/backend-distribution.kql for that time in the portal and see what it says.");
        }

        DateTimeOffset middle = BinTime.Floor(from + ((to - from) / 2), Step);
        return await CollectAsync(from, middle, cancellationToken) + await CollectAsync(middle, to, cancellationToken);
    }
}
