namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The counts of one backend that the charts over time show. Their meaning is that of <see cref="DistributionFigures"/>.</summary>
internal readonly record struct BarFigures(long Requests, long Throttled, long ServerErrors, long Unanswered, long Retries)
{
    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Takes the counts from a report's figures.</summary>
    public static BarFigures Of(DistributionFigures figures) =>
        new(figures.Requests, figures.Throttled, figures.ServerErrors, figures.Unanswered, figures.Retries);

    /// <summary>Both together.</summary>
    public static BarFigures operator +(BarFigures left, BarFigures right) => new(
        left.Requests + right.Requests,
        left.Throttled + right.Throttled,
        left.ServerErrors + right.ServerErrors,
        left.Unanswered + right.Unanswered,
        left.Retries + right.Retries);
}
