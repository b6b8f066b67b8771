using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>Finds where something is.</summary>
internal static partial class PlaceText
{
    private const int MostWordsOfAnswer = 6;

    private const string Places =
        "lobby|reception|front desk|pool(?: deck| area)?|gym|spa|sauna|bar|restaurant|kitchen|garden|terrace|courtyard|corridor|hallway|stairs|"
        + "staircase|stairwell|lift|elevator|parking(?: lot| garage)?|car park|garage|roof|rooftop|basement|cellar|laundry(?: room)?|ballroom|lounge|"
        + "entrance|(?:conference|meeting|breakfast|dining|ski|tea|wash) ?room|beach|jetty|playground|toilets?|restrooms?|library|office|"
        + @"(?:ground|top|first|second|third|fourth|fifth|sixth|\d{1,2}(?:st|nd|rd|th)) floor";

    /// <summary>The last room that a sentence gives a number for, or calls a test; not one that it excludes, as in "not room 205".</summary>
    public static string? Room(string sentence) =>
        Numbered().Matches(sentence).LastOrDefault(match => !IsExcluded(sentence, match.Index))?.Groups["number"].Value.ToUpperInvariant();

    /// <summary>The last number of a sentence, where the talk is of rooms.</summary>
    public static string? BareNumber(string sentence) =>
        Number().Matches(sentence).LastOrDefault(match => !IsExcluded(sentence, match.Index))?.Value.ToUpperInvariant();

    /// <summary>A place that a sentence says something is in or at.</summary>
    public static string? Place(string sentence) => Located().Match(sentence) is { Success: true } found ? found.Groups["place"].Value : null;

    /// <summary>A short answer to the question where.</summary>
    public static string? Answer(string text)
    {
        string place = LeadIn().Replace(text, "").TrimEnd('.', '!', ' ');
        int words = place.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return words is > 0 and <= MostWordsOfAnswer ? place : null;
    }

    private static bool IsExcluded(string sentence, int index)
    {
        ReadOnlySpan<char> before = sentence.AsSpan(0, index).TrimEnd();
        return before.EndsWith("not", StringComparison.OrdinalIgnoreCase) || before.EndsWith("instead of", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(
        @"\b(?:room|suite|rm|apartment|cabin|unit)\b\.?(?:\s*(?:number|no\b\.?|nr\b\.?|#|:|=|is|to|was|should be|actually|now)){0,3}\s*(?<number>\d{1,5}[a-z]?|test)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<![\p{L}\d.:/-])\d{1,5}[a-z]?\b(?![:/.-]?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(
        $@"\b(?:in|at|near|by|on|inside|outside|next to|is|to)\s+(?:(?:the|our|a)\s+)?(?<place>(?:[\p{{L}}\d-]+\s+){{0,2}}?(?:{Places}))\b"
        + @"(?=\s*(?:$|[,.;:!]|(?:is|are|has|have|of|at|in|on|and|was|were|because|since|does|do|will|where|near|keeps?)\b))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Located();

    [GeneratedRegex(@"^\W*(?:(?:it|that|this|they)(?:'s|'re| is| are| was)?\s+)?(?:(?:in|at|near|by|on)\s+)?(?:(?:the|our)\s+)?", RegexOptions.IgnoreCase)]
    private static partial Regex LeadIn();
}
