namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// The report's series as the charts draw them. A week has 2,016 bins of five minutes, and no screen has room for so many bars:
/// bins are added up to bars that begin at round times.
/// </summary>
/// <param name="Length">The time that a bar covers.</param>
/// <param name="Bars">The bars in order of time.</param>
public sealed record TimeBars(TimeSpan Length, IReadOnlyList<TimeBar> Bars)
{
    // A week of hours, and one more where the range begins within an hour.
    private const int MostBars = 169;

    private static readonly TimeSpan[] RoundLengths =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];

    /// <summary>Adds up a report's series.</summary>
    public static TimeBars Of(DistributionReport report)
    {
        TimeSpan length = LengthFor(report);
        long first = report.From.UtcTicks / length.Ticks;
        long end = (report.To.UtcTicks + length.Ticks - 1) / length.Ticks;
        var bars = new TimeBar[end - first];
        for (int i = 0; i < bars.Length; i++)
        {
            var start = new DateTimeOffset((first + i) * length.Ticks, TimeSpan.Zero);
            bars[i] = new TimeBar(Later(start, report.From), Earlier(start + length, report.To), new BarFigures[report.Backends.Count]);
        }

        for (int backend = 0; backend < report.Backends.Count; backend++)
        {
            foreach (SeriesPoint point in report.Backends[backend].Series.Where(point => point.Start < report.To))
            {
                bars[(point.Start.UtcTicks / length.Ticks) - first].Backends[backend] += BarFigures.Of(report.Backends[backend].Backend, point.Figures);
            }
        }

        return new TimeBars(length, bars);
    }

    /// <summary>The highest stack of a count.</summary>
    public long Highest(Func<BarFigures, long> count) => Bars.Max(bar => bar.Total(count));

    /// <summary>The bar with the highest stack of a count, the first of several.</summary>
    public TimeBar Busiest(Func<BarFigures, long> count) => Bars.MaxBy(bar => bar.Total(count))!;

    private static TimeSpan LengthFor(DistributionReport report)
    {
        TimeSpan shortest = report.Bin * Math.Ceiling((report.To - report.From) / report.Bin / (MostBars - 1));

        // Bins of odd lengths fit into no round length, or into one that would leave a bar or two.
        TimeSpan round = Array.Find(RoundLengths, length => length >= shortest && length <= 2 * shortest && length.Ticks % report.Bin.Ticks == 0);
        return round > TimeSpan.Zero ? round : shortest;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>One bar.</summary>
/// <param name="Start">Where it begins; not before the range.</param>
/// <param name="End">Where it ends; not after the range.</param>
/// <param name="Backends">What happened in it, by backend in the report's order.</param>
public sealed record TimeBar(DateTimeOffset Start, DateTimeOffset End, BarFigures[] Backends)
{
    /// <summary>The height of the stack of all backends.</summary>
    public long Total(Func<BarFigures, long> count) => Backends.Sum(count);
}
