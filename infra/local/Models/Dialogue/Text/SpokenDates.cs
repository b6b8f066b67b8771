using System.Globalization;
using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Text;

/// <summary>Writes the dates that people say in the form 2027-03-01.</summary>
internal static partial class SpokenDates
{
    private const string Months =
        "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

    /// <summary>The day that a system message gives as today's; null where it gives none.</summary>
    public static DateOnly? Today(string systemText) =>
        TodayIs().Match(systemText) is { Success: true } found && TryRead(found.Groups[1].Value, out DateOnly today) ? today : null;

    /// <summary>The text with its dates rewritten. A date without a year is the next one, today included; without a today it stays as it is.</summary>
    public static string Rewrite(string text, DateOnly? today)
    {
        text = DayMonth().Replace(text, match => Resolve(match, today));
        text = MonthDay().Replace(text, match => Resolve(match, today));
        return today is { } day ? RelativeDay().Replace(text, match => Format(Relative(match.Value, day))) : text;
    }

    private static string Resolve(Match match, DateOnly? today)
    {
        int month = MonthOf(match.Groups["month"].Value);
        int day = int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture);
        int? year = match.Groups["year"] is { Success: true } given ? int.Parse(given.Value, CultureInfo.InvariantCulture) : today?.Year;
        if (year is not { } first)
        {
            return match.Value;
        }

        // Eight years reach the next 29 February from everywhere.
        for (int candidate = first; candidate <= first + 8; candidate++)
        {
            if (TryRead(string.Create(CultureInfo.InvariantCulture, $"{candidate:D4}-{month:D2}-{day:D2}"), out DateOnly date)
                && (match.Groups["year"].Success || date >= today))
            {
                return Format(date);
            }

            if (match.Groups["year"].Success)
            {
                break;
            }
        }

        return match.Value;
    }

    private static DateOnly Relative(string words, DateOnly today) => words.ToLowerInvariant() switch
    {
        "today" => today,
        "tomorrow" => today.AddDays(1),
        "next week" => today.AddDays(DaysUntilMonday(today)),
        _ => new DateOnly(today.Year, today.Month, 1).AddMonths(1),
    };

    private static int DaysUntilMonday(DateOnly day) => day.DayOfWeek is DayOfWeek.Sunday ? 1 : 8 - (int)day.DayOfWeek;

    private static int MonthOf(string name) =>
        1 + Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, month =>
            name.StartsWith(month, StringComparison.OrdinalIgnoreCase));

    private static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool TryRead(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    [GeneratedRegex(@"\btoday is (\d{4}-\d{2}-\d{2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex TodayIs();

    [GeneratedRegex($@"\b(?<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?<month>{Months})\b\.?(?:,? (?<year>\d{{4}})\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex DayMonth();

    [GeneratedRegex($@"\b(?<month>{Months})\b\.? (?:the )?(?<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?<year>\d{{4}})\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex MonthDay();

    [GeneratedRegex(@"\b(?:today|tomorrow|next week|next month)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RelativeDay();
}
