namespace ContosoSuites.Functions.Distribution;

/// <summary>What one backend did for one deployment in one bin of time.</summary>
public sealed record DistributionBin
{
    /// <summary>Where the bin begins, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The backend, by the name of its instance in infra/gateway/backends.json; empty when no backend answered.</summary>
    public required string Backend { get; init; }

    /// <summary>The model deployment that was asked for.</summary>
    public required string Deployment { get; init; }

    /// <summary>Requests that ended with this backend: each request is counted once, whatever its retries.</summary>
    public long Requests { get; init; }

    /// <summary>Those of <see cref="Requests"/> that it answered with 2xx.</summary>
    public long Successes { get; init; }

    /// <summary>Attempts that it answered with 429.</summary>
    public long Throttled { get; init; }

    /// <summary>Attempts that it answered with another 4xx that is the caller's own.</summary>
    public long ClientErrors { get; init; }

    /// <summary>Attempts that it answered with 408, 499 or 5xx.</summary>
    public long ServerErrors { get; init; }

    /// <summary>Attempts without an answer: refused, reset, timed out, silent until the caller left. The logs know the backend by its host only: without hosts in the configuration, the host stands for it.</summary>
    public long Unanswered { get; init; }

    /// <summary>Failed attempts at this backend that were tried again.</summary>
    public long Retries { get; init; }

    /// <summary>Tokens of the prompts.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Mean time of the last attempts at the backend, in milliseconds.</summary>
    public double AverageBackendMs { get; init; }

    /// <summary>The time in milliseconds within which 95 % of them were done.</summary>
    public double P95BackendMs { get; init; }

    /// <summary>Tokens, prompt and answer together, by the function that made the model call.</summary>
    public IReadOnlyDictionary<string, long> TokensByFunction { get; init; } = new Dictionary<string, long>();

    /// <summary>
    /// The same with prompt and answer told apart, as they have prices of their own. Empty in a bin that was stored before they
    /// were told apart.
    /// </summary>
    public IReadOnlyDictionary<string, FunctionUsage> UsageByFunction { get; init; } = new Dictionary<string, FunctionUsage>();
}
