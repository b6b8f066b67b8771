using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Breaks texts and identifiers into words that can be compared.</summary>
internal static partial class Words
{
    private static readonly HashSet<string> Empty =
    [
        .. In(
            """
            a about all am an and any are as at be been but by can could do does did doing for from had has have he her here his how i if in
            into is it its just me more my no not of on or our out over please she so some such than that the their them then there these
            they this to up us was we were what when where which who whom why will with would you your get list
            """),
    ];

    /// <summary>The words in their order, in lower case.</summary>
    public static IEnumerable<string> In(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    /// <summary>The words that carry meaning, one or many alike.</summary>
    public static IReadOnlySet<string> Of(string text) =>
        In(text).Where(word => !Empty.Contains(word)).Select(word => word.Length > 3 ? word.TrimEnd('s') : word).ToHashSet(StringComparer.Ordinal);

    /// <summary>The words with one space before, between and behind, to look for a phrase in.</summary>
    public static string Plain(string text) => $" {string.Join(' ', In(text))} ";

    /// <summary>Letters or digits; a capital after a small letter begins a new word, as in an identifier.</summary>
    [GeneratedRegex(@"\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+|\p{Nd}+")]
    private static partial Regex Word();
}
