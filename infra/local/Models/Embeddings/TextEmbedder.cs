namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>Turns a text into a vector such that similar texts lie near each other.</summary>
/// <remarks>
/// Every word, every pair of neighbouring words and every run of three and four characters within a word is hashed to one
/// component and a sign, and added there with a weight. Texts that share words, or words of similar spelling, share
/// components; for others the signs cancel out. Words that say little count little, and a small vocabulary lets words of a
/// hotel's repairs that mean the same share a component. It is no language model: what is spelled quite differently and is
/// not in the vocabulary is unrelated to it.
/// </remarks>
internal static class TextEmbedder
{
    /// <summary>The length of a full vector.</summary>
    public const int Dimensions = 1536;

    private const int LongestWord = 48;
    private const float EmptyWordWeight = 0.12f;
    private const float NumberWeight = 0.5f;
    private const float SpellingWeight = 1.7f;
    private const float PairWeight = 0.3f;

    // Of a word whose meaning is known, the meaning counts and the spelling hardly does.
    private const float ConceptWeight = 1.4f;
    private const float ConceptSpellingWeight = 0.7f;

    private const ulong WordSeed = 1;
    private const ulong SpellingSeed = 2;

    /// <summary>Writes the vector of an input, not yet of length one.</summary>
    public static void Embed(EmbeddingInput input, Span<float> vector)
    {
        vector.Clear();
        if (input.Text is { } text)
        {
            AddText(text, vector);
        }
        else
        {
            AddTokens(input.Tokens, vector);
        }
    }

    private static void AddText(ReadOnlySpan<char> text, Span<float> vector)
    {
        // One character of padding on either side makes the ends of a word features of their own.
        Span<char> padded = stackalloc char[LongestWord + 2];
        ulong previous = 0;
        bool any = false;
        int start = 0;
        while (start < text.Length)
        {
            int end = start;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end == start)
            {
                start++;
                continue;
            }

            int length = text[start..Math.Min(end, start + LongestWord)].ToLowerInvariant(padded[1..]);
            padded[0] = '<';
            padded[length + 1] = '>';
            AddWord(padded[..(length + 2)], vector, ref previous);
            any = true;
            start = end;
        }

        if (!any)
        {
            // Nothing but marks or white space: the text as a whole is the one feature there is.
            Add(StableHash.Of(text, WordSeed), 1, vector);
        }
    }

    private static void AddWord(ReadOnlySpan<char> padded, Span<float> vector, ref ulong previous)
    {
        ReadOnlySpan<char> word = padded[1..^1];
        bool isEmpty = Vocabulary.IsEmpty(word);
        float weight = isEmpty ? EmptyWordWeight : char.IsDigit(word[0]) ? NumberWeight : 1;
        ulong hash = StableHash.Of(word, WordSeed);
        if (Vocabulary.TryGetConcept(word, out ulong concept))
        {
            Add(concept, ConceptWeight, vector);
            AddSpelling(padded, ConceptSpellingWeight, vector);
            hash = concept;
        }
        else
        {
            Add(hash, weight, vector);
            AddSpelling(padded, weight * SpellingWeight, vector);
        }

        if (!isEmpty)
        {
            if (previous != 0)
            {
                Add(StableHash.Of(previous, hash), PairWeight, vector);
            }

            previous = hash;
        }
    }

    private static void AddSpelling(ReadOnlySpan<char> padded, float weight, Span<float> vector)
    {
        const int Shortest = 3;
        const int Longest = 4;

        int count = Math.Max(0, padded.Length - Shortest + 1) + Math.Max(0, padded.Length - Longest + 1);
        float each = weight / MathF.Sqrt(Math.Max(1, count));
        for (int size = Shortest; size <= Longest; size++)
        {
            for (int start = 0; start + size <= padded.Length; start++)
            {
                Add(StableHash.Of(padded.Slice(start, size), SpellingSeed), each, vector);
            }
        }
    }

    private static void AddTokens(IReadOnlyList<int> tokens, Span<float> vector)
    {
        ulong previous = 0;
        foreach (int token in tokens)
        {
            ulong hash = StableHash.Of((ulong)token, WordSeed);
            Add(hash, 1, vector);
            if (previous != 0)
            {
                Add(StableHash.Of(previous, hash), PairWeight, vector);
            }

            previous = hash;
        }
    }

    private static void Add(ulong hash, float weight, Span<float> vector) =>
        vector[(int)((hash >> 1) % Dimensions)] += (hash & 1) == 0 ? weight : -weight;
}
