using System.Globalization;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// The report's series as the charts draw them, along an axis of time. A week has 2,016 bins of five minutes, and no screen has room
/// for so many bars: bins are added up to bars that begin at round times.
/// </summary>
/// <param name="Length">The time that a bar covers.</param>
/// <param name="Bars">The bars in order of time.</param>
public sealed record TimeBars(TimeSpan Length, IReadOnlyList<TimeBar> Bars)
{
    // A week of hours, and one more where the range begins within an hour.
    private const int MostBars = 169;
    private const int MostTicks = 8;

    private static readonly TimeSpan[] RoundLengths =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7),
    ];

    /// <summary>Adds up a report's series.</summary>
    public static TimeBars Of(DistributionReport report)
    {
        // Bins of odd lengths fit into no round length, or into one that would leave a bar or two.
        TimeSpan shortest = report.Bin * Math.Ceiling((report.To - report.From) / report.Bin / (MostBars - 1));
        TimeSpan length = RoundLengths.FirstOrDefault(
            round => round >= shortest && round <= 2 * shortest && round.Ticks % report.Bin.Ticks == 0, shortest);

        return new(length, [.. report.Backends[0].Series.Index()
            .Where(bin => bin.Item.Start < report.To)
            .GroupBy(bin => bin.Item.Start.UtcTicks / length.Ticks, bin => bin.Index)
            .Select(bins => Add(report, bins.First(), bins.Count()))]);
    }

    /// <summary>The highest stack of one of <see cref="BarCount.All"/> and where its bar begins, the first of several.</summary>
    public (long Count, DateTimeOffset Start) Highest(int count) =>
        Bars.Select(bar => (Count: bar.Counts[count].Sum(), bar.Start)).MaxBy(bar => bar.Count);

    /// <summary>Where a time stands on the axis, in percent of its length; times outside stand at its ends.</summary>
    public double Percent(DateTimeOffset time) => Math.Clamp((time - Bars[0].Start) / (Bars[^1].End - Bars[0].Start), 0, 1) * 100;

    /// <summary>
    /// Where every bar is drawn, in percent of the axis. Bars that are few have a gap between them. Bars that are many would show more
    /// gap than bar, and overlap a little instead, so that no rounding to whole pixels lets the background through.
    /// </summary>
    public IReadOnlyList<(string X, string Width)> Places => field ??= [.. Bars.Select(bar =>
    {
        double x = Percent(bar.Start);
        double width = Percent(bar.End) - x;
        double gap = width * (Bars.Count <= 60 ? 0.18 : -0.1);
        return ($"{Words.Number(x + (gap / 2))}%", $"{Words.Number(width - gap)}%");
    })];

    /// <summary>Round times, few enough to be written beside each other. Every other one is major, and written on narrow screens too.</summary>
    public IEnumerable<(DateTimeOffset At, string Label, bool IsMajor)> Ticks()
    {
        (DateTimeOffset from, DateTimeOffset to) = (Bars[0].Start, Bars[^1].End);
        TimeSpan step = RoundLengths.FirstOrDefault(round => round * MostTicks >= to - from, RoundLengths[^1]);
        while (step * MostTicks < to - from)
        {
            step *= 2;
        }

        for (DateTimeOffset at = BinTime.Ceiling(from, step); at <= to; at += step)
        {
            yield return (at, at.ToString(at.TimeOfDay == TimeSpan.Zero ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture), at.Ticks / step.Ticks % 2 == 0);
        }
    }

    private static TimeBar Add(DistributionReport report, int first, int bins)
    {
        DateTimeOffset start = report.Backends[0].Series[first].Start;
        DateTimeOffset end = start + (bins * report.Bin);
        return new(start, end < report.To ? end : report.To, [.. BarCount.All.Select(count => report.Backends
            .Select(backend => Enumerable.Range(first, bins).Sum(bin => count.Of(backend.Backend, backend.Series[bin].Figures))).ToArray())]);
    }
}

/// <summary>One bar.</summary>
/// <param name="Start">Where it begins; not before the range.</param>
/// <param name="End">Where it ends; not after the range.</param>
/// <param name="Counts">What happened in it: each of <see cref="BarCount.All"/>, by backend in the report's order.</param>
public sealed record TimeBar(DateTimeOffset Start, DateTimeOffset End, long[][] Counts);

/// <summary>Something that the charts over time count.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">The same in full.</param>
/// <param name="Of">Its count among the figures of a backend with this name; an empty one stands for API Management itself.</param>
public sealed record BarCount(string Name, string About, Func<string, DistributionFigures, long> Of)
{
    /// <summary>All of them: the requests, and then what went wrong.</summary>
    public static readonly BarCount[] All =
    [
        new("Requests", "requests, by the backend that they ended with", (_, figures) => figures.Requests),
        new("Throttled", "attempts that a backend answered with 429", (backend, figures) => backend.Length > 0 ? figures.Throttled : 0),
        new("Token limit", "requests that API Management answered with 429 itself, without asking a backend", (backend, figures) => backend.Length > 0 ? 0 : figures.Throttled),
        new("Server errors", "attempts answered with 408, 499 or 5xx", (_, figures) => figures.ServerErrors),
        new("No answer", "attempts that were refused, reset or timed out", (_, figures) => figures.Unanswered),
        new("Failovers", "failed attempts that were tried again on another backend", (_, figures) => figures.Retries),
    ];

    /// <summary>The counts of a report's backends, in its order.</summary>
    public IEnumerable<long> In(DistributionReport report) => report.Backends.Select(backend => Of(backend.Backend, backend.Figures));
}
