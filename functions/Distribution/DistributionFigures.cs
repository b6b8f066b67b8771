namespace ContosoSuites.Functions.Distribution;

/// <summary>Figures of a backend, a bin or all together. Their meaning is that of <see cref="DistributionBin"/>.</summary>
public sealed record DistributionFigures
{
    /// <summary>Requests that ended here.</summary>
    public long Requests { get; init; }

    /// <summary>Those that were answered with 2xx.</summary>
    public long Successes { get; init; }

    /// <summary>Attempts answered with 429.</summary>
    public long Throttled { get; init; }

    /// <summary>Attempts answered with another 4xx that is the caller's own.</summary>
    public long ClientErrors { get; init; }

    /// <summary>Attempts answered with 408, 499 or 5xx.</summary>
    public long ServerErrors { get; init; }

    /// <summary>Attempts without an answer.</summary>
    public long Unanswered { get; init; }

    /// <summary>Failed attempts that were tried again: failovers.</summary>
    public long Retries { get; init; }

    /// <summary>Tokens of the prompts.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>
    /// What the tokens cost, in US dollars: of the deployments that have a price. Null where none of those that used tokens has one.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>Mean backend time in milliseconds; null without requests.</summary>
    public double? AverageBackendMs { get; init; }

    /// <summary>The highest p95 of the stored bins in milliseconds, as percentiles of several bins can not be combined; null without requests.</summary>
    public double? P95BackendMs { get; init; }

    /// <summary>Whether no request has ended and no attempt has failed.</summary>
    internal bool IsEmpty => this is { Requests: 0, Throttled: 0, ClientErrors: 0, ServerErrors: 0, Unanswered: 0, Retries: 0 };
}
