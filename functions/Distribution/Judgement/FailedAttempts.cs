namespace ContosoSuites.Functions.Distribution.Judgement;

/// <summary>The failed attempts that may have kept requests away from backends.</summary>
/// <param name="Throttled">Answered with 429.</param>
/// <param name="ServerErrors">Answered with a server error.</param>
/// <param name="Unanswered">Not answered. The logs do not always name the backend of such an attempt: those without a name are in here too.</param>
internal sealed record FailedAttempts(long Throttled, long ServerErrors, long Unanswered)
{
    private const string NoBackend = "";

    /// <summary>What failed at these backends.</summary>
    /// <param name="backends">Their names.</param>
    /// <param name="figures">The figures of all.</param>
    public static FailedAttempts At(IEnumerable<string> backends, IReadOnlyDictionary<string, DistributionFigures> figures)
    {
        List<DistributionFigures> theirs = [.. backends.Where(figures.ContainsKey).Select(name => figures[name])];
        return new FailedAttempts(
            theirs.Sum(backend => backend.Throttled),
            theirs.Sum(backend => backend.ServerErrors),
            theirs.Sum(backend => backend.Unanswered) + (figures.GetValueOrDefault(NoBackend)?.Unanswered ?? 0));
    }

    /// <summary>
    /// The likely cause. An attempt without an answer moves one request, its own; a 429 or a server error opens the breaker,
    /// and that moves every request while it is open. So unanswered attempts explain what is missing only if there are
    /// about as many of them, and any number of the others does.
    /// </summary>
    /// <param name="missing">How many requests went elsewhere.</param>
    public string CauseOf(double missing)
    {
        if (Unanswered > 0 && (Unanswered >= missing / 2 || Throttled + ServerErrors == 0))
        {
            return SkewCause.Unreachable;
        }

        return (Throttled, ServerErrors) switch
        {
            (0, 0) => SkewCause.Unknown,
            _ when Throttled >= ServerErrors => SkewCause.Throttled,
            _ => SkewCause.BreakerOpen,
        };
    }
}
