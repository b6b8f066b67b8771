namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>Keeps the best of the matches offered to it: a heap with the worst kept one on top.</summary>
internal sealed class BestMatches
{
    private readonly PriorityQueue<VectorMatch, VectorMatch> _kept = new(WorstFirst.Instance);
    private readonly int _limit;
    private double _bar;

    /// <summary>Keeps at most <paramref name="limit"/> matches, or all when that is not positive, that score above the minimum.</summary>
    public BestMatches(int limit, double minimumScore)
    {
        _limit = limit > 0 ? limit : int.MaxValue;
        _bar = Math.BitIncrement(minimumScore);
    }

    /// <summary>Keeps the match if it is among the best so far.</summary>
    public void Offer(string id, double score)
    {
        // Equal to the bar passes: the id decides then.
        if (!(score >= _bar))
        {
            return;
        }

        var match = new VectorMatch(id, score);
        if (_kept.Count < _limit)
        {
            _kept.Enqueue(match, match);
        }
        else
        {
            _kept.EnqueueDequeue(match, match);
        }

        if (_kept.Count == _limit)
        {
            _bar = _kept.Peek().Score;
        }
    }

    /// <summary>Keeps the best of these and the others.</summary>
    public void Offer(BestMatches others)
    {
        foreach ((VectorMatch match, _) in others._kept.UnorderedItems)
        {
            Offer(match.Id, match.Score);
        }
    }

    /// <summary>The kept matches, best first. Empties this.</summary>
    public VectorMatch[] Drain()
    {
        var matches = new VectorMatch[_kept.Count];
        for (int i = matches.Length - 1; i >= 0; i--)
        {
            matches[i] = _kept.Dequeue();
        }

        return matches;
    }
}

/// <summary>A vector that a search found.</summary>
/// <param name="Id">Identifies the vector.</param>
/// <param name="Score">The cosine similarity to the vector searched for.</param>
internal readonly record struct VectorMatch(string Id, double Score);

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
