using ContosoSuites.Functions.Distribution.Chart;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class TimeTicksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Labels_an_hour_at_every_ten_minutes() =>
        Assert.Equal(["12:00", "12:10", "12:20", "12:30", "12:40", "12:50", "13:00"], Labels(Noon, Noon.AddHours(1)));

    [Fact]
    public void Labels_midnight_with_the_day() =>
        Assert.Equal(["12:00", "15:00", "18:00", "21:00", "23 Nov", "03:00", "06:00", "09:00", "12:00"], Labels(Noon, Noon.AddDays(1)));

    [Fact]
    public void Labels_a_week_with_its_days() =>
        Assert.Equal(["23 Nov", "24 Nov", "25 Nov", "26 Nov", "27 Nov", "28 Nov", "29 Nov"], Labels(Noon, Noon.AddDays(7)));

    [Fact]
    public void Has_few_ticks_at_even_distances_within_any_range()
    {
        Gen<(DateTimeOffset, DateTimeOffset)> ranges = from start in Gen.Choose(0, 3_000_000)
                                                       from size in Gen.Choose(1, 22)
                                                       from minutes in Gen.Choose(1 << (size - 1), 1 << size)
                                                       select (Noon.AddMinutes(start * 5), Noon.AddMinutes((start + (double)minutes) * 5));
        Prop.ForAll(Arb.From(ranges), range =>
        {
            (DateTimeOffset from, DateTimeOffset to) = range;
            List<(DateTimeOffset At, string Label, bool IsMajor)> ticks = [.. Bars(from, to).Ticks()];
            Assert.InRange(ticks.Count, 0, 9);
            Assert.True(ticks.Count >= 2 || to - from < TimeSpan.FromMinutes(15), $"{from:O} to {to:O} has {ticks.Count} ticks");
            Every.One(ticks, tick => Assert.InRange(tick.At, from, to));
            Assert.True(ticks.Zip(ticks.Skip(1), (one, next) => next.At - one.At).Distinct().Count() <= 1);
            Every.One(ticks.Zip(ticks.Skip(1)), pair => Assert.NotEqual(pair.First.IsMajor, pair.Second.IsMajor));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(7, 15));
    }

    [Fact]
    public void Puts_times_outside_at_its_ends()
    {
        TimeBars bars = Bars(Noon, Noon.AddHours(4));

        Assert.Equal([0, 0, 25, 100, 100], new[] { -1, 0, 1, 4, 5 }.Select(hour => bars.Percent(Noon.AddHours(hour))));
    }

    private static IEnumerable<string> Labels(DateTimeOffset from, DateTimeOffset to) => Bars(from, to).Ticks().Select(tick => tick.Label);

    private static TimeBars Bars(DateTimeOffset from, DateTimeOffset to) => new(to - from, [new TimeBar(from, to, [])]);
}
