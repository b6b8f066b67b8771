using ContosoSuites.Functions.Distribution;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>The collected distribution in SQLite.</summary>
internal sealed class SqliteDistributionStore(SqliteDatabase database) : IDistributionStore
{
    /// <inheritdoc/>
    public Task<DistributionReplacement> ReplaceAsync(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, IReadOnlyList<DistributionBin> bins, CancellationToken cancellationToken = default)
    {
        DistributionBins.ThrowIfMisplaced(from, to, bins);
        return database.WriteAsync(connection => Replace(connection, from, to, StoredTime.Format(asOf), bins), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetWatermarkAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.ExecuteScalar<string?>("SELECT up_to FROM distribution_watermark") is { } text ? StoredTime.Parse(text) : (DateTimeOffset?)null,
        cancellationToken);

    /// <inheritdoc/>
    public Task AdvanceWatermarkAsync(DateTimeOffset watermark, CancellationToken cancellationToken = default)
    {
        string upTo = StoredTime.Format(watermark);
        return database.WriteAsync(
            connection => connection.Execute(
                """
                INSERT INTO distribution_watermark (id, up_to) VALUES (1, @upTo)
                ON CONFLICT (id) DO UPDATE SET up_to = @upTo WHERE up_to < @upTo
                """,
                new { upTo }),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DistributionBin>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<DistributionBin>>(
            connection => DistributionRow.Select(connection, StoredTime.Format(from), StoredTime.Format(to)), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        string first = StoredTime.Format(before);
        return database.WriteAsync(
            connection =>
            {
                connection.Execute("DELETE FROM distribution_readings WHERE start < @first", new { first });
                return connection.Execute("DELETE FROM distribution_bins WHERE start < @first", new { first });
            },
            cancellationToken);
    }

    private static DistributionReplacement Replace(
        SqliteConnection connection, DateTimeOffset from, DateTimeOffset to, string asOf, IReadOnlyList<DistributionBin> bins)
    {
        var range = new { from = StoredTime.Format(from), to = StoredTime.Format(to), asOf };
        HashSet<DateTimeOffset> newer =
        [
            .. connection.Query<string>("SELECT start FROM distribution_readings WHERE start >= @from AND start < @to AND as_of > @asOf", range)
                .Select(StoredTime.Parse),
        ];
        List<DistributionBin> removed = [.. DistributionRow.Select(connection, range.from, range.to).Where(bin => !newer.Contains(bin.Start))];
        List<DistributionBin> stored = [.. bins.Where(bin => !newer.Contains(bin.Start))];

        connection.Execute(
            """
            DELETE FROM distribution_bins
            WHERE start >= @from AND start < @to
              AND start NOT IN (SELECT start FROM distribution_readings WHERE start >= @from AND start < @to AND as_of > @asOf)
            """,
            range);
        DistributionRow.Insert(connection, stored);
        connection.Execute(
            """
            INSERT INTO distribution_readings (start, as_of) VALUES (@start, @asOf)
            ON CONFLICT (start) DO UPDATE SET as_of = @asOf WHERE as_of < @asOf
            """,
            Starts(from, to).Select(start => new { start, asOf }));
        return new DistributionReplacement(removed, stored);
    }

    private static IEnumerable<string> Starts(DateTimeOffset from, DateTimeOffset to)
    {
        for (DateTimeOffset start = from; start < to; start += IDistributionStore.BinSize)
        {
            yield return StoredTime.Format(start);
        }
    }
}
