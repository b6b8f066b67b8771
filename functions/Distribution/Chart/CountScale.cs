namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>An axis of counts from 0 to <paramref name="Max"/> with a tick at every <paramref name="Step"/>.</summary>
/// <param name="Step">1, 2 or 5 times a power of ten.</param>
/// <param name="Max">The first tick at or above the highest count.</param>
public readonly record struct CountScale(long Step, long Max)
{
    /// <summary>Makes the axis for counts up to <paramref name="highest"/>.</summary>
    /// <param name="highest">The highest count.</param>
    /// <param name="ticks">How many ticks there are above 0 at most.</param>
    public static CountScale For(long highest, int ticks)
    {
        long step = 1;
        while (!Reaches(step))
        {
            step = LeadingDigit(step) == 2 ? step / 2 * 5 : step * 2;
        }

        return new CountScale(step, Math.Max(1, (highest + step - 1) / step) * step);

        bool Reaches(long candidate) => (double)candidate * ticks >= highest;
    }

    /// <summary>The ticks, 0 included.</summary>
    public IEnumerable<long> Ticks()
    {
        for (long tick = 0; tick <= Max; tick += Step)
        {
            yield return tick;
        }
    }

    /// <summary>Where a count stands on the axis, 0 to 1.</summary>
    public double Position(long count) => (double)count / Max;

    private static long LeadingDigit(long number)
    {
        while (number >= 10)
        {
            number /= 10;
        }

        return number;
    }
}
