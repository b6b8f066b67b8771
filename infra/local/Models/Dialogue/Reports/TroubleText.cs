using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>Finds what is wrong, in the reporter's own words.</summary>
internal static partial class TroubleText
{
    /// <summary>The part of a sentence that says what is wrong; null where it says nothing of the kind.</summary>
    public static string? Read(string sentence) => IsTrouble(sentence) ? Tidy(WithoutIntroduction(sentence)) : null;

    /// <summary>An answer to the question what is wrong, which need not sound like trouble.</summary>
    public static string? Answer(string text) => Tidy(text);

    /// <summary>Whether a sentence asks for a report, or says that there is something to report.</summary>
    public static bool IsRequest(string sentence) => Request().IsMatch(sentence);

    private static bool IsTrouble(string text) => Trouble().IsMatch(text);

    /// <summary>"Please report that", "a customer says that" and "they are in room 700, and" are about the report, not about the trouble.</summary>
    private static string WithoutIntroduction(string sentence)
    {
        int start = 0;
        foreach (Match boundary in ClauseBoundary().Matches(sentence))
        {
            string clause = sentence[start..boundary.Index];
            if (IsTrouble(clause) || !IsIntroduction(clause))
            {
                break;
            }

            start = boundary.Index + boundary.Length;
        }

        string rest = sentence[start..];
        Match reported = Reported().Match(rest);
        return reported.Success && IsTrouble(rest[reported.Length..]) ? rest[reported.Length..] : rest;
    }

    private static bool IsIntroduction(string clause) =>
        PlaceText.Room(clause) is not null || PlaceText.Place(clause) is not null || IsRequest(clause) || Situation().IsMatch(clause);

    private static string? Tidy(string text)
    {
        string tidy = Opening().Replace(text.Trim(), "").Trim();
        if (tidy.Length == 0)
        {
            return null;
        }

        tidy = $"{char.ToUpperInvariant(tidy[0])}{tidy[1..]}";
        return tidy[^1] is '.' or '!' or '?' ? tidy : $"{tidy}.";
    }

    [GeneratedRegex(
        """
        \b(?:leak\w*|drip\w*|broke|broken|breaks?|crack\w*|stuck|jam(?:s|med)|block(?:s|ed)|clog\w*|overflow\w*|flood\w*|soak\w*|wet|damp|mou?ld\w*
        |smell\w*|stinks?|stank|smok(?:es|ing)|spark(?:s|ed|ing)|burn(?:s|t|ed|ing)|flicker\w*|buzz\w*|nois[ey]\w*|loud|rattl\w*|squeak\w*|loose|missing|torn
        |stain\w*|damag\w*|dead|fail(?:s|ed|ing)?|fault\w*|malfunction\w*|shatter\w*|rust\w*|defect\w*|overheat\w*|freez\w*|frozen|infest\w*|cockroach\w*|ants
        |peel(?:s|ed|ing)|bent|fell|fallen|fall(?:s|ing)|collaps\w*|trip(?:s|ped)|wobbl\w*|out\s+of\s+order|too\s+(?:hot|cold|loud|dark)
        |no\s+longer\s+\w+|stopped\s+\w+ing|not\s+work\w*|not\s+\w+ing\s+(?:up|down|properly|on|off)
        |no\s+(?:(?:hot|cold|running)\s+)?(?:water|heat\w*|power|light|electricity|signal|wifi|wi-fi|internet)
        |(?:does|do|did|will|can|could)(?:\s+not|n['’]t|not)\s+(?:work|open|close|shut|turn|flush|drain|heat|cool|lock|start|stop|move|light|fit|latch|switch|react|respond|run|charge|come\s+on|go\s+(?:on|off))\w*
        |won['’]t\s+\w+|(?:is|are|was)(?:\s+not|n['’]t)\s+\w+ing
        |keeps?\s+(?:on\s+)?\w+ing|needs?\s+(?:repair\w*|fixing|replac\w*|mending))\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Trouble();

    [GeneratedRegex(
        @"\b(?:maintenance|repair|service)\s+(?:request|report|ticket|issue|job|order)|\b(?:report(?:s|ed|ing)?|has|have|is|with)\s+(?:\w+\s+)?(?:an?|some|another)\s+(?:\w+\s+)?(?:issue|problem|damage|defect)|"
        + @"\b(?:create|file|open|make|log|raise|write|start|submit|need|want)\s+(?:\w+\s+){0,3}(?:request|report|ticket)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Request();

    [GeneratedRegex(@"\b(?:(?:they|he|she|it|we|guests?|customers?|i)(?:'re|'s|'m| are| is| am| was| were)|staying)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Situation();

    [GeneratedRegex(@",?\s+(?:and|but|where|because)\s+|[;:]\s+|,\s+(?=(?:the|there|a|an|its?|our|their|his|her)\s)", RegexOptions.IgnoreCase)]
    private static partial Regex ClauseBoundary();

    [GeneratedRegex(
        @"^.{0,120}?\b(?:report(?:s|ed|ing)?|complain(?:s|ed|ing)?|says?|said|mention(?:s|ed)?|told\s+us|tells\s+us|noticed|found)\s+(?:that\s+|about\s+|of\s+)?|"
        + @"^.{0,120}?\b(?:request|report|ticket)\s+(?:for|about|that|because|as|since)\s+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Reported();

    [GeneratedRegex(@"^(?:(?:no|yes|also|actually|sorry|hi|hello|hey|and|but|well|oh|okay|ok|please note(?: that)?|one more thing|another one)\b[\s,.:!-]*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();
}
