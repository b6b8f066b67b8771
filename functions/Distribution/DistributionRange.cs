namespace ContosoSuites.Functions.Distribution;

/// <summary>A range of time and the bins that its series has. It begins and ends on boundaries of these bins.</summary>
public sealed record DistributionRange
{
    /// <summary>A range that holds at least everything from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The end; after it.</param>
    /// <param name="bin">The length of a bin.</param>
    public DistributionRange(DateTimeOffset from, DateTimeOffset to, TimeSpan bin)
    {
        From = BinTime.Floor(from, bin);
        To = BinTime.Ceiling(to, bin);
        Bin = bin;
    }

    /// <summary>Where the first bin begins.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Where the last bin ends.</summary>
    public DateTimeOffset To { get; }

    /// <summary>The length of a bin.</summary>
    public TimeSpan Bin { get; }

    /// <summary>How many bins it has.</summary>
    public long Bins => (To - From).Ticks / Bin.Ticks;

    internal int IndexOf(DateTimeOffset time) => (int)((time - From).Ticks / Bin.Ticks);

    internal DateTimeOffset StartOf(int index) => From + (index * Bin);
}
