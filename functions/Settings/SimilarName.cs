namespace ContosoSuites.Functions.Settings;

/// <summary>Finds the name that somebody meant who wrote another.</summary>
internal static class SimilarName
{
    /// <summary>The known name that is nearest; null where none has two thirds of its letters right.</summary>
    public static string? Find(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= candidate.Name.Length / 3)
        .OrderBy(candidate => candidate.Distance)
        .FirstOrDefault().Name;

    /// <summary>How many letters have to be put in, left out or changed to make one text the other.</summary>
    private static int Distance(string from, string to)
    {
        int[] distances = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = i;
            distances[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int changed = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = distances[j + 1];
                distances[j + 1] = Math.Min(changed, 1 + Math.Min(distances[j], distances[j + 1]));
            }
        }

        return distances[to.Length];
    }
}
