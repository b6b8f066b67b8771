using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>Turns a text into a vector such that similar texts lie near each other.</summary>
/// <remarks>
/// Every word, every pair of neighbouring words and every run of three and four characters within a word is hashed to one component
/// and a sign, and added there with a weight. Texts that share words, or words of similar spelling, share components; for others the
/// signs cancel out. It is no language model: what is spelled quite differently and is not in the vocabulary is unrelated.
/// </remarks>
internal static partial class TextEmbedder
{
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
    private const ulong HashPrime = 1099511628211;

    /// <summary>Writes the vector of a text, not yet of length one.</summary>
    public static void Embed(string text, Span<float> vector)
    {
        vector.Clear();
        string[] words = [.. Word().Matches(text).Select(match => match.Value[..Math.Min(match.Length, LongestWord)].ToLowerInvariant())];
        if (words.Length == 0)
        {
            // Nothing but marks or white space: the text as a whole is the one feature there is.
            Add(Hash(text, WordSeed), 1, vector);
        }

        ulong previous = 0;
        foreach (string word in words)
        {
            bool isEmpty = Vocabulary.Empty.Contains(word);
            bool isConcept = Vocabulary.Concepts.TryGetValue(word, out ulong concept);
            float weight = isEmpty ? EmptyWordWeight : char.IsDigit(word[0]) ? NumberWeight : 1;
            ulong hash = isConcept ? concept : Hash(word, WordSeed);
            Add(hash, isConcept ? ConceptWeight : weight, vector);

            // One character of padding on either side makes the ends of a word features of their own.
            AddSpelling($"<{word}>", isConcept ? ConceptSpellingWeight : weight * SpellingWeight, vector);
            if (!isEmpty)
            {
                Add(Mix((previous * HashPrime) ^ hash), previous == 0 ? 0 : PairWeight, vector);
                previous = hash;
            }
        }
    }

    /// <summary>Scales a vector to length one. One that is all zero, which a cut may leave, becomes the first axis.</summary>
    public static void Normalize(Span<float> vector)
    {
        double sum = 0;
        foreach (float component in vector)
        {
            sum += (double)component * component;
        }

        vector[0] = sum == 0 ? 1 : vector[0];
        float scale = (float)(1 / Math.Sqrt(sum == 0 ? 1 : sum));
        foreach (ref float component in vector)
        {
            component *= scale;
        }
    }

    /// <summary>A hash that is the same in every process and on every machine, as stored vectors need it to be; a seed keeps kinds of features apart.</summary>
    public static ulong Hash(ReadOnlySpan<char> text, ulong seed)
    {
        ulong hash = 14695981039346656037 ^ (seed * HashPrime);
        foreach (ushort unit in MemoryMarshal.Cast<char, ushort>(text))
        {
            hash = (hash ^ unit) * HashPrime;
        }

        return Mix(hash);
    }

    /// <summary>Spreads the last characters over all bits: multiplying alone leaves the low ones poor.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }

    private static void AddSpelling(ReadOnlySpan<char> padded, float weight, Span<float> vector)
    {
        int count = Math.Max(0, padded.Length - 2) + Math.Max(0, padded.Length - 3);
        float each = weight / MathF.Sqrt(Math.Max(1, count));
        for (int size = 3; size <= 4; size++)
        {
            for (int start = 0; start + size <= padded.Length; start++)
            {
                Add(Hash(padded.Slice(start, size), SpellingSeed), each, vector);
            }
        }
    }

    private static void Add(ulong hash, float weight, Span<float> vector) =>
        vector[(int)((hash >> 1) % Dimensions)] += (hash & 1) == 0 ? weight : -weight;

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}

/// <summary>What the embedder knows of English: words that say little, and words of a hotel's repairs that mean the same.</summary>
internal static class Vocabulary
{
    /// <summary>Words, in lower case, that say little about what a text means.</summary>
    public static FrozenSet<string> Empty { get; } = Split(
        """
        a about after all also am an and any are as at be been before but by can could customer did didn didnt do does doesn doesnt doing
        don dont for from guest had has have he her here his hotel how i if in inside into is isn isnt issue it its just longer may me
        more my near need needs no not of off on one or our out over please problem report reported reporting reports room s says she
        should so some staff such t than that the their them then there these they this to under up us very was wasn wasnt we were what
        when where which while who will with would you your
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The meaning that a word, in lower case, shares with others.</summary>
    public static FrozenDictionary<string, ulong> Concepts { get; } =
        """
        television tv telly; leak leaks leaking leaked leaky drip drips dripping dripped;
        wet soaked flooded flooding flood damp puddle water;
        broken broke defective faulty damaged dead fails failed failing fail malfunction malfunctioning stopped work works working worked;
        toilet wc lavatory restroom; sink basin faucet tap; shower bath bathtub bathroom; ac aircon conditioner conditioning cooling;
        heating heater radiator heat; light lights lamp lamps bulb bulbs lighting; elevator lift elevators lifts;
        wifi internet wlan network; noise noisy loud noises; dirty stain stained stains filthy unclean; bed mattress beds;
        smell smells odor odour stinks; fridge refrigerator minibar; lock locks key keycard keys; cold freezing chilly;
        insects bugs ants cockroach cockroaches mice mouse
        """.Split(';').Select(Split).SelectMany(group => group.Select(word => KeyValuePair.Create(word, TextEmbedder.Hash(group[0], seed: 0))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
