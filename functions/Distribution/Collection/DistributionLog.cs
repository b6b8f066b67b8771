using System.Text.Json;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Reads the gateway's logs by the query in infra/queries/backend-distribution.kql.</summary>
/// <param name="client">Asks the query API.</param>
/// <param name="query">The query.</param>
/// <param name="rowLimit">The most rows that the API answers. It says so when there are more; this is for when it does not.</param>
internal sealed class DistributionLog(LogAnalyticsClient client, DistributionQuery query, int rowLimit = DistributionLog.RowLimit) : IDistributionLog
{
    /// <summary>The most rows that the query API answers.</summary>
    public const int RowLimit = 500_000;

    /// <inheritdoc/>
    public async Task<DistributionReading> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        LogTable table = await client.QueryAsync(query.For(from, to), cancellationToken);
        List<DistributionBin> bins = ToBins(table);
        if (bins.FirstOrDefault(bin => bin.Start < from || bin.Start >= to || !BinTime.IsBoundary(bin.Start, IDistributionStore.BinSize)) is { } stray)
        {
            throw LogQueryErrors.Unreadable($"no bin of the window starts at {stray.Start:u}");
        }

        return new DistributionReading(bins, table.PartialReason ?? (bins.Count >= rowLimit ? "the answer has as many rows as the API allows" : null));
    }

    private static List<DistributionBin> ToBins(LogTable table)
    {
        try
        {
            return [.. table.Rows.EnumerateArray().Select(row => ToBin(table, row))];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw LogQueryErrors.Unreadable("a cell is not of its column's type", e);
        }
    }

    private static DistributionBin ToBin(LogTable table, JsonElement row) => new()
    {
        Start = table.Time(row, nameof(DistributionBin.Start)).ToUniversalTime(),
        Backend = table.Text(row, nameof(DistributionBin.Backend)),
        Deployment = table.Text(row, nameof(DistributionBin.Deployment)),
        Requests = table.WholeNumber(row, nameof(DistributionBin.Requests)),
        Successes = table.WholeNumber(row, nameof(DistributionBin.Successes)),
        Throttled = table.WholeNumber(row, nameof(DistributionBin.Throttled)),
        ClientErrors = table.WholeNumber(row, nameof(DistributionBin.ClientErrors)),
        ServerErrors = table.WholeNumber(row, nameof(DistributionBin.ServerErrors)),
        Unanswered = table.WholeNumber(row, nameof(DistributionBin.Unanswered)),
        Retries = table.WholeNumber(row, nameof(DistributionBin.Retries)),
        PromptTokens = table.WholeNumber(row, nameof(DistributionBin.PromptTokens)),
        CompletionTokens = table.WholeNumber(row, nameof(DistributionBin.CompletionTokens)),
        AverageBackendMs = table.Number(row, nameof(DistributionBin.AverageBackendMs)),
        P95BackendMs = table.Number(row, nameof(DistributionBin.P95BackendMs)),
        TokensByFunction = CallingFunctions.Fold(table.Bag<long>(row, nameof(DistributionBin.TokensByFunction))),
        UsageByFunction = CallingFunctions.Fold(table.Bag<FunctionUsage>(row, nameof(DistributionBin.UsageByFunction))),
    };
}

/// <summary>The gateway's logs, as bins.</summary>
internal interface IDistributionLog
{
    /// <summary>Makes bins of what is in the logs now.</summary>
    /// <param name="from">The first moment, on a bin boundary.</param>
    /// <param name="to">The end, on a bin boundary.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LogQueryException">The logs can not be read.</exception>
    public Task<DistributionReading> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}

/// <summary>What was read from the logs.</summary>
/// <param name="Bins">The bins that have something in them.</param>
/// <param name="PartialReason">Why there may be more; null when these are all.</param>
internal sealed record DistributionReading(IReadOnlyList<DistributionBin> Bins, string? PartialReason = null);
