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
        for (int i = 0; (double)step * ticks < highest; i++)
        {
            // From 1 to 2, from 2 to 5, from 5 to 10.
            step = i % 3 == 1 ? step / 2 * 5 : step * 2;
        }

        return new CountScale(step, Math.Max(1, (highest + step - 1) / step) * step);
    }

    /// <summary>The ticks, 0 included.</summary>
    public IEnumerable<long> Ticks() => Enumerable.Sequence(0, Max, Step);

    /// <summary>Where a count stands on the axis, 0 to 1.</summary>
    public double Position(long count) => (double)count / Max;
}
