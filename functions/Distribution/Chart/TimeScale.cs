namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>An axis of time.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
internal readonly record struct TimeScale(DateTimeOffset From, DateTimeOffset To)
{
    private const int MostTicks = 8;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7),
    ];

    /// <summary>Where a time stands on the axis, in percent of its length; times outside stand at its ends.</summary>
    public double Percent(DateTimeOffset time) =>
        Math.Clamp((double)(time - From).Ticks / (To - From).Ticks, 0, 1) * 100;

    /// <summary>Ticks at round times, few enough to be written beside each other.</summary>
    public IEnumerable<TimeTick> Ticks()
    {
        long step = Step().Ticks;
        for (long index = (From.UtcTicks + step - 1) / step; index * step <= To.UtcTicks; index++)
        {
            var at = new DateTimeOffset(index * step, TimeSpan.Zero);
            yield return new TimeTick(at, at.TimeOfDay == TimeSpan.Zero ? Words.Day(at) : Words.TimeOfDay(at), Major: index % 2 == 0);
        }
    }

    private TimeSpan Step()
    {
        TimeSpan length = To - From;
        TimeSpan step = Array.Find(Steps, candidate => candidate * MostTicks >= length);
        if (step == TimeSpan.Zero)
        {
            for (step = Steps[^1]; step * MostTicks < length; step *= 2)
            {
            }
        }

        return step;
    }
}

/// <summary>A labeled time on the axis.</summary>
/// <param name="At">The time.</param>
/// <param name="Label">The time of day, or the day at midnight.</param>
/// <param name="Major">Whether it is labeled on narrow screens too: every other one is.</param>
internal readonly record struct TimeTick(DateTimeOffset At, string Label, bool Major);
