using System.Globalization;
using static System.FormattableString;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Figures and times as people read them. The same everywhere: the page does not depend on the server's language.</summary>
internal static class Words
{
    // What stands for a share, a time or a cost that there is none of.
    private const string None = "–";

    /// <summary>A number within the markup, such as a coordinate: to a thousandth, which is finer than any screen.</summary>
    public static string Number(double number) => Math.Round(number, 3).ToString(CultureInfo.InvariantCulture);

    /// <summary>A count in full, such as 12,345.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count beside an axis, such as 12k.</summary>
    public static string ShortCount(long count) => count switch
    {
        < 10_000 => Count(count),
        < 1_000_000 => Invariant($"{count / 1e3:0.#}k"),
        < 1_000_000_000 => Invariant($"{count / 1e6:0.#}M"),
        _ => Invariant($"{count / 1e9:#,0.#}G"),
    };

    /// <summary>A count with its noun, such as 1 request or 2 requests.</summary>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>US dollars, such as $12.35, to the hundredth of a cent below a dollar.</summary>
    public static string Dollars(decimal? dollars) => dollars switch
    {
        null => None,
        > 0 and < 0.0001m => "below $0.0001",
        < 1 => Invariant($"${dollars:0.00##}"),
        _ => Invariant($"${dollars:N2}"),
    };

    /// <summary>A share, such as 48.7 %. Figure and unit stay in one line.</summary>
    public static string Percent(double? share) => share is { } known ? Invariant($"{known * 100:0.#}\u00A0%") : None;

    /// <summary>A deviation in percentage points, such as +1.3 points.</summary>
    public static string Points(double difference) => Invariant($"{difference * 100:+0.#;-0.#;0} points");

    /// <summary>A time in milliseconds, such as 245 ms.</summary>
    public static string Milliseconds(double? milliseconds) => milliseconds is { } known ? Invariant($"{known:N0}\u00A0ms") : None;

    /// <summary>A day with a time, such as 22 Nov 2026, 17:55.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day with its year, such as 22 Nov 2026.</summary>
    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A range, the day of its end only where it is another one.</summary>
    public static string Range(DateTimeOffset from, DateTimeOffset to) =>
        $"{Moment(from)} to {(from.UtcDateTime.Date == to.UtcDateTime.Date ? Invariant($"{to.UtcDateTime:HH:mm}") : Moment(to))}";

    /// <summary>A length of time in its largest whole unit, such as 5 minutes; what is below a second counts as none.</summary>
    public static string Duration(TimeSpan length) => length switch
    {
        { TotalMinutes: > 0 and < 1 } => Counted((long)length.TotalSeconds, "second"),
        { Ticks: > 0 } when length.Ticks % TimeSpan.TicksPerDay == 0 => Counted(length.Ticks / TimeSpan.TicksPerDay, "day"),
        { Ticks: > 0 } when length.Ticks % TimeSpan.TicksPerHour == 0 => Counted(length.Ticks / TimeSpan.TicksPerHour, "hour"),
        _ => Counted((long)length.TotalMinutes, "minute"),
    };

    /// <summary>A backend's name, with words where no backend answered.</summary>
    public static string Backend(string name) => name.Length > 0 ? name : "no backend answered";

    /// <summary>A calling function's name, with words where the call named none.</summary>
    public static string Function(string name) => name.Length > 0 ? name : "not named";
}
