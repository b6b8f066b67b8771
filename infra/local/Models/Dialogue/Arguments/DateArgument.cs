using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>A date in the form 2026-03-01.</summary>
internal sealed partial class DateArgument : IArgumentSource
{
    private static readonly HashSet<string> Later = new(["end", "to", "until", "max", "maximum", "before"], StringComparer.Ordinal);

    /// <summary>Whether a parameter takes a date.</summary>
    public static bool Takes(ToolParameter parameter) => parameter.Type == "string"
        && (parameter.Format.StartsWith("date", StringComparison.Ordinal) || parameter.NameWords.Contains("date"));

    /// <summary>Whether there is a date in a text.</summary>
    public static bool IsIn(string text) => DatesIn(text).Any();

    public JsonNode? Read(ToolParameter parameter, string text)
    {
        if (!Takes(parameter))
        {
            return null;
        }

        string[] dates = [.. DatesIn(text)];
        return dates switch
        {
            [] => null,
            [var only] => only,
            _ => parameter.NameWords.Overlaps(Later) ? dates[^1] : dates[0],
        };
    }

    private static IEnumerable<string> DatesIn(string text) => IsoDate().Matches(text).Select(match => match.Value).Where(IsDate);

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b")]
    private static partial Regex IsoDate();
}
