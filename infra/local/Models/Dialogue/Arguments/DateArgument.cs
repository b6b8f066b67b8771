using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>A date in the form 2026-03-01.</summary>
internal sealed partial class DateArgument : IArgumentSource
{
    private static readonly HashSet<string> Later = new(["end", "to", "until", "max", "maximum", "before"], StringComparer.Ordinal);

    public JsonNode? Read(ToolParameter parameter, string text)
    {
        IReadOnlySet<string> name = Words.Of(parameter.Name);
        if (parameter.Type != "string" || !(parameter.Format.StartsWith("date", StringComparison.Ordinal) || name.Contains("date")))
        {
            return null;
        }

        string[] dates = [.. IsoDate().Matches(text).Select(match => match.Value).Where(IsDate)];
        return dates switch
        {
            [] => null,
            [var only] => only,
            _ => name.Overlaps(Later) ? dates[^1] : dates[0],
        };
    }

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b")]
    private static partial Regex IsoDate();
}
