using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>A request in the gateway's logs.</summary>
/// <param name="Id">Its correlation id.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Backend">Who answered.</param>
/// <param name="Arrivals">When each copy of its row arrives; none for a row that is lost.</param>
/// <param name="Pieces">The rows with its tokens: each has all of them, and arrives by itself.</param>
internal sealed record LoggedRequest(int Id, DateTimeOffset Time, string Backend, DateTimeOffset[] Arrivals, LoggedTokens[] Pieces);

/// <summary>A row with a request's tokens.</summary>
internal sealed record LoggedTokens(DateTimeOffset Arrival, long Tokens);

/// <summary>The logs in memory, with the rows that have arrived by the clock. It answers no more bins than a limit and says so.</summary>
internal sealed class LogModel(IReadOnlyList<LoggedRequest> requests, TimeProvider clock, int limit) : IDistributionLog
{
    public List<(DateTimeOffset From, DateTimeOffset To)> Windows { get; } = [];

    public Task<DistributionReading> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        Windows.Add((from, to));
        List<DistributionBin> bins = Compute(requests, from, to, clock.GetUtcNow());
        return Task.FromResult(bins.Count <= limit ? new DistributionReading(bins) : new DistributionReading(bins[..limit], "too many"));
    }

    /// <summary>The bins of all rows that have arrived by a moment, request by request.</summary>
    public static List<DistributionBin> Compute(IEnumerable<LoggedRequest> requests, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var bins = new SortedDictionary<(DateTimeOffset Start, string Backend), DistributionBin>();
        foreach (LoggedRequest request in requests.Where(request => request.Time >= from && request.Time < to && request.Arrivals.Any(arrival => arrival <= now)))
        {
            DateTimeOffset start = BinTime.Floor(request.Time, IDistributionStore.BinSize);
            DistributionBin bin = bins.GetValueOrDefault((start, request.Backend)) ?? new DistributionBin { Start = start, Backend = request.Backend, Deployment = "chat" };
            long tokens = request.Pieces.Where(piece => piece.Arrival <= now).Select(piece => piece.Tokens).DefaultIfEmpty().Max();
            bins[(start, request.Backend)] = bin with { Requests = bin.Requests + 1, Successes = bin.Successes + 1, PromptTokens = bin.PromptTokens + tokens };
        }

        return [.. bins.Values];
    }
}
