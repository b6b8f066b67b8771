using System.Globalization;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Distribution;

/// <summary>
/// Reads a range from the query parameters from, to and bin. Without them it is the last 24 hours; without a bin it is the
/// shortest usual one that gives a series that people can read.
/// </summary>
internal static class DistributionRangeQuery
{
    /// <summary>The most bins that a range may have, however many backends there are.</summary>
    public const int MaxBins = 10_000;

    private const int ReadableBins = 300;

    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestBin = TimeSpan.FromDays(366);
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] UsualBins =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];

    /// <summary>Reads it.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="InvalidRequestException">They do not make a range, or one of too many bins or less than one.</exception>
    public static DistributionRange ReadRange(this IQueryCollection query, DateTimeOffset now)
    {
        DateTimeOffset to = ReadTime(query, "to") ?? now;
        DateTimeOffset from = ReadTime(query, "from") ?? to - DefaultLength;
        if (from >= to)
        {
            throw InvalidRequestException.BadRequest(
                "The range is empty.", $"It would go from {from:O} to {to:O}. Send a from that is before to; without to it ends now.");
        }

        TimeSpan? bin = ReadBin(query);
        if (bin > BinTime.Ceiling(to, IDistributionStore.BinSize) - BinTime.Floor(from, IDistributionStore.BinSize))
        {
            throw InvalidRequestException.BadRequest(
                "The query parameter bin is not valid.", $"A bin of {IsoDuration.Format(bin.Value)} is longer than the range. Send a shorter one, or a longer range.");
        }

        var range = new DistributionRange(from, to, bin ?? ShortestBin(from, to, ReadableBins) ?? UsualBins[^1]);
        return range.Bins <= MaxBins ? range : throw TooManyBins(range);
    }

    private static DateTimeOffset? ReadTime(IQueryCollection query, string name)
    {
        DateTimeOffset? time = query.ReadTime(name);
        return time is null || (time >= First && time < Last)
            ? time
            : throw InvalidRequestException.BadRequest(
                $"The query parameter {name} is not valid.", $"It has to be a time from the year {First.Year} on and before the year {Last.Year}.");
    }

    private static TimeSpan? ReadBin(IQueryCollection query)
    {
        if (query.ReadText("bin") is not { } text)
        {
            return null;
        }

        return IsoDuration.TryParse(text, out TimeSpan bin) && bin >= IDistributionStore.BinSize && bin <= LongestBin
            && bin.Ticks % IDistributionStore.BinSize.Ticks == 0
                ? bin
                : throw InvalidRequestException.BadRequest(
                    "The query parameter bin is not valid.",
                    $"It has to be {IsoDuration.Expected}: a multiple of {IsoDuration.Format(IDistributionStore.BinSize)}, at most {IsoDuration.Format(LongestBin)}.");
    }

    /// <summary>The shortest usual bin of which the range has no more than so many; null where it has more of each.</summary>
    private static TimeSpan? ShortestBin(DateTimeOffset from, DateTimeOffset to, int bins) =>
        UsualBins.Select(bin => (TimeSpan?)bin).FirstOrDefault(bin => new DistributionRange(from, to, bin!.Value).Bins <= bins);

    private static InvalidRequestException TooManyBins(DistributionRange range) => InvalidRequestException.BadRequest(
        "The range has too many bins.",
        string.Create(CultureInfo.InvariantCulture, $"It has {range.Bins:N0} bins of {IsoDuration.Format(range.Bin)}; at most {MaxBins:N0} are answered. ")
        + (ShortestBin(range.From, range.To, MaxBins) is { } bin ? $"Send bin={IsoDuration.Format(bin)}, or a shorter range." : "Send a shorter range."));
}

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
