using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Text;

/// <summary>The words of a message in their order, with the signs by which a reader tells a name from an ordinary word.</summary>
internal sealed partial class SpokenWords
{
    private readonly List<SpokenWord> _words = [];

    private SpokenWords()
    {
    }

    /// <summary>The words, and every two neighbors as one, because people write "Ocean View" too.</summary>
    public IEnumerable<SpokenWord> WithPairs =>
        _words.Concat(_words.Zip(_words.Skip(1), (first, second) => first with { Plain = first.Plain + second.Plain }));

    public static SpokenWords Of(string text)
    {
        var words = new SpokenWords();
        bool startsSentence = true;
        int end = 0;
        foreach (Match match in Word().Matches(text))
        {
            startsSentence |= text.AsSpan(end, match.Index - end).ContainsAny(".!?\n");
            string plain = Spelling.Plain(match.Value);
            bool capital = !startsSentence && char.IsUpper(match.Value[0]);
            words._words.Add(new SpokenWord(plain, capital || words.IsAfterAt()));
            startsSentence = false;
            end = match.Index + match.Length;
        }

        return words;
    }

    /// <summary>Whether all words of a phrase were said, in their order and with nothing between.</summary>
    public bool ContainsAll(string phrase)
    {
        string[] wanted = [.. Of(phrase)._words.Select(word => word.Plain)];
        return wanted.Length > 0
            && Enumerable.Range(0, Math.Max(0, _words.Count - wanted.Length + 1))
                .Any(start => wanted.Index().All(word => _words[start + word.Index].Plain == word.Item));
    }

    private bool IsAfterAt() => _words switch
    {
        [.., { Plain: "at" }] => true,
        [.., { Plain: "at" }, { Plain: "the" }] => true,
        _ => false,
    };

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
