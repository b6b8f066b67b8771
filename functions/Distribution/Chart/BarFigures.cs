namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The counts of one backend that the charts over time show. Their meaning is that of <see cref="DistributionFigures"/>.</summary>
/// <param name="Requests">Requests that ended here.</param>
/// <param name="Throttled">Attempts that a backend answered with 429.</param>
/// <param name="Limited">Requests that the gateway itself answered with 429: its token limit, which says nothing of any backend.</param>
/// <param name="ServerErrors">Attempts answered with a server error.</param>
/// <param name="Unanswered">Attempts without an answer.</param>
/// <param name="Retries">Failed attempts that were tried again.</param>
public readonly record struct BarFigures(long Requests, long Throttled, long Limited, long ServerErrors, long Unanswered, long Retries)
{
    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Takes the counts from a report's figures.</summary>
    public static BarFigures Of(string backend, DistributionFigures figures) => new(
        figures.Requests,
        backend.Length > 0 ? figures.Throttled : 0,
        backend.Length > 0 ? 0 : figures.Throttled,
        figures.ServerErrors,
        figures.Unanswered,
        figures.Retries);

    /// <summary>All backends of a report together.</summary>
    public static BarFigures Of(DistributionReport report) =>
        report.Backends.Aggregate(default(BarFigures), (sum, backend) => sum + Of(backend.Backend, backend.Figures));

    /// <summary>Both together.</summary>
    public static BarFigures operator +(BarFigures left, BarFigures right) => new(
        left.Requests + right.Requests,
        left.Throttled + right.Throttled,
        left.Limited + right.Limited,
        left.ServerErrors + right.ServerErrors,
        left.Unanswered + right.Unanswered,
        left.Retries + right.Retries);
}
