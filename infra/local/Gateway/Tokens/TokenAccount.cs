using System.Diagnostics;
using System.Globalization;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>What one request has used, and who wants to know: limits that count it, metrics, response headers, the record.</summary>
internal sealed class TokenAccount(PolicyExecution execution)
{
    private List<TokenClaim>? _claims;
    private List<(TokenInstruments Instruments, TagList Dimensions)>? _metrics;
    private TokenUsage? _usage;
    private bool _hasWrittenHeaders;

    /// <summary>Whether response headers wait for the usage.</summary>
    public bool HasHeaders => _claims?.Exists(static claim => claim.RemainingHeader is not null || claim.ConsumedHeader is not null) is true;

    public void Add(TokenClaim claim) => (_claims ??= new(1)).Add(claim);

    /// <summary>Has the usage counted in a metric, with the dimensions that the request gave it.</summary>
    public void Add(TokenInstruments metric, in TagList dimensions) => (_metrics ??= new(1)).Add((metric, dimensions));

    /// <summary>Counts what the model's answer has told of its usage.</summary>
    public void Spend(TokenUsage usage, string? model, bool isStream)
    {
        _usage = usage;
        var deployment = execution.Call?.Values["deployment-id"] as string;
        execution.Record.Usage = new LlmUsage(deployment ?? "", model ?? "", usage.PromptTokens, usage.CompletionTokens, usage.Sum, isStream);

        // For each key there is one counter, however many policies look at it.
        foreach (var key in (_claims ?? []).Select(claim => claim.Key).Distinct())
        {
            execution.Services.TokenCounters.Add(key, usage.Sum);
        }

        _metrics?.ForEach(metric => metric.Instruments.Add(usage, metric.Dimensions));
    }

    /// <summary>Writes the headers that policies have asked for, once: by the second time they have left, or the caller was to be told no more.</summary>
    public void WriteHeaders(IHeaderDictionary headers)
    {
        if (_claims is null || _hasWrittenHeaders)
        {
            return;
        }

        _hasWrittenHeaders = true;
        foreach (var claim in _claims)
        {
            if (claim.RemainingHeader is { } remaining)
            {
                headers[remaining] = execution.Services.TokenCounters.Read(claim.Key).Remaining(claim.Limit).ToString(CultureInfo.InvariantCulture);
            }

            if (claim.ConsumedHeader is { } consumed && _usage is { } usage)
            {
                headers[consumed] = usage.Sum.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}

/// <summary>A request's place under a limit of tokens a minute: whose tokens it uses, and the response headers for what is left and what it has used.</summary>
internal sealed record TokenClaim(string Key, int Limit, string? RemainingHeader, string? ConsumedHeader);
