using ContosoSuites.Functions.Distribution;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>The collected distribution in Cosmos DB.</summary>
/// <remarks>
/// There is no transaction over partitions, so a replacement goes hour by hour. Each hour is one item that tells for each bin
/// start when its logs were asked, and is written only on top of the state that was read: collections that overlap leave for
/// each bin start what the newest of them has read, in whichever order they come. One that breaks off has replaced the hours
/// so far; its repetition replaces all.
/// </remarks>
internal sealed class CosmosDistributionStore(CosmosDatabase database) : IDistributionStore
{
    internal const string HoursFrom = "SELECT * FROM c WHERE c.hour >= @from AND c.hour < @to";
    internal const string HoursBefore = "SELECT * FROM c WHERE c.hour < @before";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly PartitionKey WatermarkPartition = new(DistributionWatermark.Name);

    private Container Container => database.BackendDistribution;

    /// <inheritdoc/>
    public async Task<DistributionReplacement> ReplaceAsync(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, IReadOnlyList<DistributionBin> bins, CancellationToken cancellationToken = default)
    {
        DistributionBins.ThrowIfMisplaced(from, to, bins);
        ILookup<DateTimeOffset, DistributionBin> byStart = bins.ToLookup(bin => bin.Start);
        var removed = new List<DistributionBin>();
        var stored = new List<DistributionBin>();
        for (DateTimeOffset hour = BinTime.Floor(from, Hour); hour < to; hour += Hour)
        {
            DateTimeOffset first = hour > from ? hour : from;
            DateTimeOffset end = hour + Hour < to ? hour + Hour : to;
            (IReadOnlyList<DistributionBin> replaced, IReadOnlyList<DistributionBin> replacing) =
                await ReplaceAsync(DistributionHour.At(hour), first, end, asOf, byStart, cancellationToken);
            removed.AddRange(replaced);
            stored.AddRange(replacing);
        }

        return new DistributionReplacement(removed, stored);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> GetWatermarkAsync(CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<DistributionWatermark>(Container, DistributionWatermark.Name, WatermarkPartition, cancellationToken))?.Resource.UpTo;

    /// <inheritdoc/>
    public Task AdvanceWatermarkAsync(DateTimeOffset watermark, CancellationToken cancellationToken = default) =>
        database.UpdateAsync<DistributionWatermark>(
            Container,
            DistributionWatermark.Name,
            WatermarkPartition,
            stored => stored?.UpTo >= watermark ? null : new DistributionWatermark { UpTo = watermark.ToUniversalTime() },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DistributionBin>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        QueryDefinition query = new QueryDefinition(HoursFrom)
            .WithParameter("@from", StoredTime.Format(BinTime.Floor(from, Hour)))
            .WithParameter("@to", StoredTime.Format(to));
        List<DistributionHour> hours = await database.QueryAsync<DistributionHour>(Container, query, partition: null, cancellationToken);
        return Sort(hours.SelectMany(hour => hour.Readings).Where(reading => reading.Start >= from && reading.Start < to).SelectMany(reading => reading.Bins));
    }

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        QueryDefinition query = new QueryDefinition(HoursBefore).WithParameter("@before", StoredTime.Format(before));
        int purged = 0;
        foreach (DistributionHour hour in await database.QueryAsync<DistributionHour>(Container, query, partition: null, cancellationToken))
        {
            DistributionHour.Reading[] kept = [.. hour.Readings.Where(reading => reading.Start >= before)];
            var partition = new PartitionKey(hour.Day);
            bool isPurged = kept.Length == 0
                ? await database.TryDeleteAsync(Container, hour.Id, partition, hour.ETag, cancellationToken)
                : await database.TryReplaceAsync(Container, hour with { Readings = kept }, hour.Id, partition, hour.ETag!, cancellationToken) is not null;

            // Where a collection has written it meanwhile, it is the next purge's.
            purged += isPurged ? hour.Readings.Except(kept).Sum(reading => reading.Bins.Count) : 0;
        }

        return purged;
    }

    private async Task<(IReadOnlyList<DistributionBin> Removed, IReadOnlyList<DistributionBin> Stored)> ReplaceAsync(
        DistributionHour empty,
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset asOf,
        ILookup<DateTimeOffset, DistributionBin> bins,
        CancellationToken cancellationToken)
    {
        DistributionHour.Reading[] older = [];
        DistributionHour.Reading[] readings = [];
        await database.UpdateAsync<DistributionHour>(
            Container,
            empty.Id,
            new PartitionKey(empty.Day),
            stored =>
            {
                DistributionHour hour = stored ?? empty;
                older = [.. hour.Readings.Where(reading => reading.Start >= from && reading.Start < to && reading.AsOf <= asOf)];
                HashSet<DateTimeOffset> kept = [.. hour.Readings.Except(older).Select(reading => reading.Start)];
                readings =
                [
                    .. Starts(from, to)
                        .Where(start => !kept.Contains(start))
                        .Select(start => new DistributionHour.Reading { Start = start, AsOf = asOf.ToUniversalTime(), Bins = [.. bins[start]] }),
                ];
                return readings.Length == 0 ? null : hour with { Readings = [.. hour.Readings.Except(older), .. readings] };
            },
            cancellationToken);
        return (Sort(older.SelectMany(reading => reading.Bins)), [.. readings.SelectMany(reading => reading.Bins)]);
    }

    private static IEnumerable<DateTimeOffset> Starts(DateTimeOffset from, DateTimeOffset to)
    {
        for (DateTimeOffset start = from.ToUniversalTime(); start < to; start += IDistributionStore.BinSize)
        {
            yield return start;
        }
    }

    private static List<DistributionBin> Sort(IEnumerable<DistributionBin> bins) =>
    [
        .. bins.OrderBy(bin => bin.Start).ThenBy(bin => bin.Backend, StringComparer.Ordinal).ThenBy(bin => bin.Deployment, StringComparer.Ordinal),
    ];
}
