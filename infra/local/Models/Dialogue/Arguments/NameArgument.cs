using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>The name of a place or a person: words that begin with capitals.</summary>
internal sealed partial class NameArgument : IArgumentSource
{
    private static readonly HashSet<string> Named = new(
        ["name", "hotel", "city", "country", "guest", "customer", "location", "place", "region", "person"], StringComparer.Ordinal);

    public JsonNode? Read(ToolParameter parameter, string text)
    {
        if (parameter is not { Type: "string", Choices.Count: 0 } || !parameter.NameWords.Overlaps(Named))
        {
            return null;
        }

        foreach (Match run in Capitals().Matches(text))
        {
            string[] words = [.. run.Value.Split(' ').SkipWhile(Words.IsEmpty)];

            // A lone capital at the start of a sentence is grammar, not a name.
            bool startsSentence = words.Length == run.Value.Split(' ').Length && StartsSentence(text, run.Index);
            if (words.Length > 1 || (words.Length == 1 && !startsSentence))
            {
                return string.Join(' ', words);
            }
        }

        return null;
    }

    private static bool StartsSentence(string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, index).TrimEnd();
        return before.IsEmpty || before[^1] is '.' or '!' or '?';
    }

    [GeneratedRegex(@"\b\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*")]
    private static partial Regex Capitals();
}
