using System.Globalization;
using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Writes the dates that people say in the form 2027-03-01.</summary>
internal static partial class SpokenDates
{
    private const string Format = "yyyy-MM-dd";

    private const string Month =
        "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    /// <summary>
    /// The text with its dates rewritten. One without a year is the next as seen from the day that the system message gives as
    /// today's; where it gives none, such a date stays as it is.
    /// </summary>
    public static string Rewrite(string text, string systemText)
    {
        DateOnly? today = Read(TodayIs().Match(systemText).Groups[1].Value, Format);
        return Spoken().Replace(text, match =>
        {
            int[] years = match.Groups["year"] is { Success: true } given ? [int.Parse(given.Value, CultureInfo.InvariantCulture)] : today is { Year: var year } ? [year, year + 1] : [];
            return years
                .Select(year => Read(string.Create(CultureInfo.InvariantCulture, $"{match.Groups["day"]} {match.Groups["month"].Value[..3]} {year:D4}"), "d MMM yyyy"))
                .FirstOrDefault(date => date is not null && (years.Length == 1 || date >= today))?.ToString(Format, CultureInfo.InvariantCulture) ?? match.Value;
        });
    }

    private static DateOnly? Read(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    [GeneratedRegex(@"\btoday is (\d{4}-\d{2}-\d{2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex TodayIs();

    [GeneratedRegex(
        $@"\b(?:(?<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {Month}|{Month} (?:the )?(?<day>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,? (?<year>\d{{4}})\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex Spoken();
}
