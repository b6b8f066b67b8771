using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Answers a question by the function that fits it best, after it has listed the things that the function knows by an id.</summary>
/// <remarks>
/// A word that the message shares with a function's name weighs three, with its description one; the part of the name that was said
/// decides between equals; a date weighs for a function that takes one. It fits by one word of its name, or three of its description.
/// </remarks>
internal static class Lookup
{
    private const double Enough = 3;

    public static DialogueReply? Reply(DialogueTurn turn, IEnumerable<ToolDefinition> tools)
    {
        string text = SpokenDates.Rewrite(turn.UserText, turn.SystemText);
        ToolDefinition? tool = tools.MaxBy(tool => Score(tool, text)) is { } best && (turn.MustCallTool || Score(best, text) >= Enough) ? best : null;
        if (!turn.MustCallTool && turn.NewResults is [.., var last] && (tool is null || last.Failed || last.Tool == tool.Name))
        {
            return new DialogueReply(last.Tell(turn.UserText));
        }

        // Who insists on a call gets it with what is known.
        ToolParameter? missing = turn.MustCallTool ? null : tool?.Parameters.FirstOrDefault(parameter => parameter.Required && Read(parameter) is null);
        return tool is null ? null
            : missing is null ? DialogueReply.Calling(tool, Arguments.Fill(tool, Read))
            : turn.SourceOf(missing) is { } source && turn.Known(missing).Count == 0 && turn.NewResults.Count == 0 ? DialogueReply.Calling(source)
            : new DialogueReply(Arguments.Question(missing, turn.Known(missing)));

        JsonNode? Read(ToolParameter parameter) => Arguments.TakesText(parameter) ? turn.UserText : Arguments.Read(parameter, text, turn.Known(parameter));
    }

    private static double Score(ToolDefinition tool, string text)
    {
        IReadOnlySet<string> said = Words.Of(text);
        int inName = tool.NameWords.Count(said.Contains);
        int inDescription = tool.DescriptionWords.Except(tool.NameWords).Count(said.Contains);
        double score = (3 * inName) + inDescription + ((double)inName / Math.Max(1, tool.NameWords.Count));
        return score >= Enough && tool.Parameters.Any(parameter => Arguments.TakesDate(parameter) && Arguments.Read(parameter, text, []) is not null) ? score + 3 : score;
    }
}

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
