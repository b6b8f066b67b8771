using System.Numerics;
using System.Text.Json.Serialization;

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

/// <summary>What a function's calls of one deployment have used. The names are those of the query's bag and of the stored bins.</summary>
/// <param name="Calls">Model calls whose tokens are known.</param>
/// <param name="PromptTokens">Tokens of the prompts.</param>
/// <param name="CompletionTokens">Tokens of the answers.</param>
public sealed record FunctionUsage(
    [property: JsonPropertyName("calls")] long Calls,
    [property: JsonPropertyName("promptTokens")] long PromptTokens,
    [property: JsonPropertyName("completionTokens")] long CompletionTokens) : IAdditionOperators<FunctionUsage, FunctionUsage, FunctionUsage>
{
    /// <summary>Both together.</summary>
    public static FunctionUsage operator +(FunctionUsage left, FunctionUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Calls + right.Calls, left.PromptTokens + right.PromptTokens, left.CompletionTokens + right.CompletionTokens);
    }
}

/// <summary>The boundaries of bins. They are counted from midnight UTC of a Monday, so days and weeks begin where people expect them.</summary>
internal static class BinTime
{
    /// <summary>Where the bin that a moment falls into begins.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan bin) => new(time.UtcTicks - (time.UtcTicks % bin.Ticks), TimeSpan.Zero);

    /// <summary>The moment itself where a bin begins there, else where the next one begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That is after the end of the calendar.</exception>
    public static DateTimeOffset Ceiling(DateTimeOffset time, TimeSpan bin)
    {
        DateTimeOffset floor = Floor(time, bin);
        return floor == time ? floor : floor + bin;
    }

    /// <summary>Whether a bin begins at a moment.</summary>
    public static bool IsBoundary(DateTimeOffset time, TimeSpan bin) => time.UtcTicks % bin.Ticks == 0;
}
