using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>Finds which of a few words a sentence means: "guest" says "customer" too.</summary>
internal static partial class ChoiceText
{
    private static readonly IReadOnlyList<IReadOnlySet<string>> Meanings =
    [
        Words.Of("customer guest client visitor"),
        Words.Of("inspector inspection inspect audit auditor"),
        Words.Of("staff housekeeper housekeeping colleague receptionist maid janitor employee"),
    ];

    public static string? Read(IReadOnlyList<string> choices, string sentence)
    {
        IReadOnlySet<string> said = Words.Of(sentence);
        return choices.FirstOrDefault(choice => Words.Of(choice) is { } own
            && (own.Overlaps(said) || Meanings.Any(meaning => meaning.Overlaps(own) && meaning.Overlaps(said))));
    }

    /// <summary>Whether a sentence is about who reported it, and so has the last word.</summary>
    public static bool IsAboutChoice(string sentence) => About().IsMatch(sentence);

    [GeneratedRegex(@"\b(?:source|reported by|reporter)\b|^\W*(?:no\W+)?(?:it|that) (?:was|is) (?:an?|the|our)\b", RegexOptions.IgnoreCase)]
    private static partial Regex About();
}
