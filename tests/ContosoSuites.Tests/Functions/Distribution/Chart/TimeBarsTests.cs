using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Chart;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class TimeBarsTests
{
    [Theory]
    [InlineData(60, 1, 1, 60)]
    [InlineData(60, 5, 5, 12)]
    [InlineData(1440, 5, 10, 144)]
    [InlineData(1440, 15, 15, 96)]
    [InlineData(10080, 5, 60, 168)]
    [InlineData(10080, 60, 60, 168)]
    [InlineData(1440, 35, 35, 42)]
    [InlineData(50000, 25, 300, 168)]
    [InlineData(5256000, 1440, 31680, 167)]
    public void Are_few_and_begin_at_round_times(int rangeMinutes, int binMinutes, int barMinutes, int count)
    {
        TimeBars bars = TimeBars.Of(Counting(rangeMinutes, binMinutes));

        Assert.Equal(TimeSpan.FromMinutes(barMinutes), bars.Length);
        Assert.InRange(bars.Bars.Count, count - 1, count + 1);
    }

    [Theory]
    [InlineData(60, 5)]
    [InlineData(1440, 35)]
    [InlineData(10075, 5)]
    [InlineData(50000, 25)]
    [InlineData(5256000, 1440)]
    public void Cover_the_range_without_gap_and_add_up_to_the_series(int rangeMinutes, int binMinutes)
    {
        DistributionReport report = Counting(rangeMinutes, binMinutes);

        TimeBars bars = TimeBars.Of(report);

        Assert.Equal(report.From, bars.Bars[0].Start);
        Assert.Equal(report.To, bars.Bars[^1].End);
        Every.One(bars.Bars.Zip(bars.Bars.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Every.One(bars.Bars, bar => Assert.InRange(bar.End - bar.Start, TimeSpan.FromTicks(1), bars.Length));
        for (int backend = 0; backend < report.Backends.Count; backend++)
        {
            Every.One(bars.Bars, bar => Assert.Equal(
                report.Backends[backend].Series.Where(point => Floor(point.Start) >= Floor(bar.Start) && Floor(point.Start) < Floor(bar.Start) + bars.Length).Sum(point => point.Figures.Requests),
                bar.Counts[0][backend]));
            Assert.Equal(
                BarCount.All.Select(count => count.In(report).ElementAt(backend)),
                BarCount.All.Select((_, count) => bars.Bars.Sum(bar => bar.Counts[count][backend])));
        }

        DateTimeOffset Floor(DateTimeOffset time) => new(time.Ticks - (time.Ticks % bars.Length.Ticks), TimeSpan.Zero);
    }

    private static DistributionReport Counting(int rangeMinutes, int binMinutes)
    {
        TimeSpan bin = TimeSpan.FromMinutes(binMinutes);
        return SampleReport.Make(SampleReport.Pair, Math.Ceiling(TimeSpan.FromMinutes(rangeMinutes) / bin) * bin, bin, (backend, i) => new DistributionFigures
        {
            Requests = i + backend,
            Throttled = (i * 2) + backend,
            ServerErrors = (i * 3) + backend,
            Unanswered = (i * 5) + backend,
            Retries = (i * 7) + backend,
        });
    }
}
