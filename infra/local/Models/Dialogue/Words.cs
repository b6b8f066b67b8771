using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Breaks texts and identifiers into words that can be compared.</summary>
internal static partial class Words
{
    private const int ShortestStemmed = 4;
    private const int ShortestWithEnding = 6;

    private static readonly HashSet<string> Empty = new(
        """
        a about all am an and any are as at be been but by can could do does did doing for from had has have he her here his how i if in into is
        it its just me more my no not of on or our out please she so some such than that the their them then there these they this to up
        us was we were what when where which who whom why will with would you your
        get set tool function plugin given return
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        StringComparer.Ordinal);

    /// <summary>The words of a text or of an identifier that carry meaning, in lower case and without their endings.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Word().Matches(text))
        {
            string word = match.Value.ToLowerInvariant();
            if (!Empty.Contains(word))
            {
                words.Add(Stem(word));
            }
        }

        return words;
    }

    /// <summary>Whether a word carries no meaning of its own.</summary>
    public static bool IsEmpty(string word) => Empty.Contains(word.ToLowerInvariant());

    /// <summary>Takes the common endings off: a light hand is enough for comparing a question with a function's name.</summary>
    public static string Stem(string word)
    {
        if (word.Length >= ShortestStemmed && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal))
        {
            word = word.EndsWith("ies", StringComparison.Ordinal) ? $"{word[..^3]}y" : word[..^1];
        }

        if (word.Length >= ShortestWithEnding && word.EndsWith("ing", StringComparison.Ordinal))
        {
            return word[..^3];
        }

        return word.Length >= ShortestWithEnding && word.EndsWith("ed", StringComparison.Ordinal) ? word[..^2] : word;
    }

    /// <summary>Letters or digits; a capital after a small letter begins a new word, as in an identifier.</summary>
    [GeneratedRegex(@"\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+|\p{Nd}+")]
    private static partial Regex Word();
}
