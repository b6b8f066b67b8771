using ContosoSuites.Local.Models.Dialogue.Text;

namespace ContosoSuites.Local.Models.Dialogue.Entities;

/// <summary>Recognizes a name in what people say, shortened and misspelled as they do it.</summary>
internal sealed class EntityName
{
    private const double OrdinaryWeight = 0.3;
    private const double SlipWorth = 0.8;

    /// <summary>Words that names are made of and that also mean something else: alone they name nothing.</summary>
    private static readonly HashSet<string> Ordinary = new(
        """
        beach bay big blue castle center city corner court cross door east garden grand great green gold golden hall harbor harbour hill
        house inn island lake lights lodge maple mountain new north ocean old palace park plaza red resort ridge river riverside royal sea
        south southern spring square star suites sun sunny tower valley view villa west white
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        StringComparer.Ordinal);

    private static readonly HashSet<string> Unsaid = new(["the", "a", "of", "and", "hotel", "de", "del", "des", "la", "le"], StringComparer.Ordinal);

    private readonly string[] _words;

    public EntityName(string name) =>
        _words = [.. name.Split([' ', '-', '\''], StringSplitOptions.RemoveEmptyEntries).Select(Spelling.Plain).Where(word => !Unsaid.Contains(word))];

    /// <summary>
    /// How much of the name was said, from 0 to 1. One rare word is enough ("the regency"). Ordinary words and slips are too
    /// little by themselves: they count when the name is complete, when a rare word is among them, or when they are written
    /// as names are.
    /// </summary>
    public double Likeness(SpokenWords text, bool isAnswer)
    {
        SpokenWord[] said = [.. text.WithPairs];
        List<Found> found = [.. _words.Select(word => Find(word, said)).OfType<Found>()];
        bool counts = found.Any(word => word is { Exact: true, Rare: true })
            || (found.Count > 1 && (found.Count == _words.Length || found.Any(word => word.Rare)))
            || found.Any(word => word.LooksLikeName && (word.Rare || found.Count > 1))
            || (isAnswer && found.Count > 0);
        return counts ? found.Sum(word => word.Worth) / _words.Sum(Weigh) : 0;
    }

    private static Found? Find(string word, SpokenWord[] said)
    {
        bool rare = !Ordinary.Contains(word);
        int exact = Array.FindIndex(said, candidate => candidate.Plain == word);
        if (exact >= 0)
        {
            return new Found(Weigh(word), rare, true, said.Any(candidate => candidate.Plain == word && candidate.LooksLikeName));
        }

        SpokenWord[] slips = Array.FindAll(said, candidate => Spelling.IsSlip(candidate.Plain, word));
        return slips.Length == 0 ? null : new Found(Weigh(word) * SlipWorth, rare, false, slips.Any(slip => slip.LooksLikeName));
    }

    private static double Weigh(string word) => Ordinary.Contains(word) ? OrdinaryWeight : 1;

    private sealed record Found(double Worth, bool Rare, bool Exact, bool LooksLikeName);
}
