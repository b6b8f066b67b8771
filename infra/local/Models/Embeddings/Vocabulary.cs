using System.Collections.Frozen;

namespace ContosoSuites.Local.Models.Embeddings;

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
