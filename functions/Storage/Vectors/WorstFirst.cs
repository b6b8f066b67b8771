namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>Orders matches from worst to best: by score, and equal scores by id from last to first.</summary>
internal sealed class WorstFirst : IComparer<VectorMatch>
{
    /// <summary>The comparer.</summary>
    public static WorstFirst Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(VectorMatch x, VectorMatch y)
    {
        int byScore = x.Score.CompareTo(y.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(y.Id, x.Id);
    }
}
