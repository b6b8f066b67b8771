namespace ContosoSuites.Functions.Distribution;

/// <summary>The boundaries of bins. They are counted from midnight UTC of a Monday, so days and weeks begin where people expect them.</summary>
internal static class BinTime
{
    /// <summary>Where the bin that a moment falls into begins.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan bin) => new(time.UtcTicks - (time.UtcTicks % bin.Ticks), TimeSpan.Zero);

    /// <summary>The moment itself where a bin begins there, else where the next one begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That is after the end of the calendar.</exception>
    public static DateTimeOffset Ceiling(DateTimeOffset time, TimeSpan bin)
    {
        DateTimeOffset floor = Floor(time, bin);
        return floor == time ? floor : floor + bin;
    }

    /// <summary>Whether a bin begins at a moment.</summary>
    public static bool IsBoundary(DateTimeOffset time, TimeSpan bin) => time.UtcTicks % bin.Ticks == 0;
}
