using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Text;

/// <summary>Takes what a person says apart.</summary>
internal static partial class Sentences
{
    /// <summary>The sentences of a text, with their punctuation.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [.. Boundary().Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0)];

    /// <summary>The sentences that say something: all but questions.</summary>
    public static IReadOnlyList<string> Statements(string text) => [.. Of(text).Where(sentence => !IsQuestion(sentence))];

    /// <summary>Whether a sentence wants to know something. "Could you write it down?" does not: it asks for a deed.</summary>
    public static bool IsQuestion(string sentence) => !Deed().IsMatch(sentence) && Question().IsMatch(sentence);

    /// <summary>Whether a text has a question in it.</summary>
    public static bool HasQuestion(string text) => Of(text).Any(IsQuestion);

    [GeneratedRegex(@"(?<=[.!?])\s+|[\r\n]+")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"^\W*(?:please|(?:can|could|would|will) (?:you|we|i)(?! (?:tell|say|know|give|provide))|i (?:want|need|would like))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Deed();

    [GeneratedRegex(
        @"\?\W*$|^\W*(?:who|what|which|when|where|why|how|did|does|do you|do we|is it|is there|are there|was|were|has it|have you|have we)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Question();
}
