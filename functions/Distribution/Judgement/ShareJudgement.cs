namespace ContosoSuites.Functions.Distribution.Judgement;

/// <summary>
/// Compares what each backend served with what the weights say. A deviation counts when chance explains it in less than one
/// of a thousand cases, and when it is large enough to matter: with many requests chance explains almost nothing.
/// </summary>
public static class ShareJudgement
{
    /// <summary>The deviation of shares, 0 to 1, from which on it matters.</summary>
    public const double LeastDeviation = 0.05;

    /// <summary>The probability below which it is not chance.</summary>
    public const double Significance = 0.001;

    // Exactly five points count, however the fractions were rounded.
    private const double Rounding = 1e-9;

    /// <summary>Judges every priority group.</summary>
    /// <param name="backends">The configured backends.</param>
    /// <param name="figures">The figures by backend, those without a name included.</param>
    public static IReadOnlyList<PriorityGroupReport> Judge(
        IReadOnlyList<ConfiguredBackend> backends, IReadOnlyDictionary<string, DistributionFigures> figures)
    {
        long all = backends.Sum(backend => RequestsOf(backend, figures));
        var groups = new List<PriorityGroupReport>();
        var before = new List<ConfiguredBackend>();
        foreach (IGrouping<int, ConfiguredBackend> members in backends.GroupBy(backend => backend.Priority).OrderBy(group => group.Key))
        {
            List<ConfiguredBackend> group = [.. members];
            long requests = group.Sum(backend => RequestsOf(backend, figures));
            List<BackendShare> shares = [.. group.Select(backend => ShareOf(backend, group, requests, figures))];
            groups.Add(new PriorityGroupReport(members.Key, requests, shares, FindSkew(group, shares, requests, figures))
            {
                Failover = before.Count > 0 && requests > 0 ? FindFailover(group, before, requests, all, figures) : null,
            });
            before.AddRange(group);
        }

        return groups;
    }

    private static BackendShare ShareOf(
        ConfiguredBackend backend, List<ConfiguredBackend> group, long requests, IReadOnlyDictionary<string, DistributionFigures> figures)
    {
        int weights = group.Sum(member => member.Weight);
        long own = RequestsOf(backend, figures);
        return new BackendShare(
            backend.Name,
            own,
            weights == 0 ? 1.0 / group.Count : (double)backend.Weight / weights,
            requests == 0 ? null : (double)own / requests);
    }

    private static List<Skew> FindSkew(
        List<ConfiguredBackend> group, List<BackendShare> shares, long requests, IReadOnlyDictionary<string, DistributionFigures> figures)
    {
        // What one backend has too much another has too little: the failures to look for are those of the latter.
        List<ConfiguredBackend> shunned = [.. group.Zip(shares).Where(pair => pair.Second.Share < pair.Second.ExpectedShare).Select(pair => pair.First)];
        var skew = new List<Skew>();
        foreach ((ConfiguredBackend backend, BackendShare share) in group.Zip(shares))
        {
            if (share.Share is not { } observed || !IsSkew(share, observed, requests))
            {
                continue;
            }

            IReadOnlyList<ConfiguredBackend> blamed = observed < share.ExpectedShare ? [backend] : shunned;
            FailedAttempts failed = FailedAttempts.At(blamed.Select(member => member.Name), figures);
            string cause = failed.CauseOf(Math.Abs(observed - share.ExpectedShare) * requests);
            skew.Add(new Skew(
                backend.Name, share.ExpectedShare, observed, cause, Explanation.OfSkew(backend, share, observed, requests, blamed, cause, failed)));
        }

        return skew;
    }

    private static bool IsSkew(BackendShare share, double observed, long requests) =>
        Math.Abs(observed - share.ExpectedShare) >= LeastDeviation - Rounding
        && BinomialTest.TwoSided(share.Requests, requests, share.ExpectedShare) < Significance;

    private static Failover FindFailover(
        List<ConfiguredBackend> group, List<ConfiguredBackend> before, long requests, long all, IReadOnlyDictionary<string, DistributionFigures> figures)
    {
        FailedAttempts failed = FailedAttempts.At(before.Select(backend => backend.Name), figures);
        string cause = failed.CauseOf(requests);
        return new Failover(requests, (double)requests / all, cause, Explanation.OfFailover(group, before, requests, all, cause, failed));
    }

    private static long RequestsOf(ConfiguredBackend backend, IReadOnlyDictionary<string, DistributionFigures> figures) =>
        figures.TryGetValue(backend.Name, out DistributionFigures? its) ? its.Requests : 0;
}
