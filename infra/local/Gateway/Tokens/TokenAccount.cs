using System.Globalization;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>What one request has used, and who wants to know: limits that count it, metrics, response headers, the record.</summary>
internal sealed class TokenAccount(PolicyExecution execution)
{
    private List<TokenClaim>? _claims;
    private List<TokenMetricUse>? _metrics;
    private TokenUsage? _usage;
    private bool _hasWrittenHeaders;

    /// <summary>Whether response headers wait for the usage.</summary>
    public bool HasHeaders => _claims?.Exists(static claim => claim.HasHeaders) is true;

    public void Add(TokenClaim claim) => (_claims ??= new List<TokenClaim>(1)).Add(claim);

    public void Add(TokenMetricUse metric) => (_metrics ??= new List<TokenMetricUse>(1)).Add(metric);

    /// <summary>Counts what the model's answer has told of its usage.</summary>
    public void Spend(TokenUsage usage, string? model, bool isStream)
    {
        _usage = usage;
        execution.Record.Usage = new LlmUsage(
            execution.Request.MatchedParameters.GetValueOrDefault("deployment-id", ""), model ?? "", usage.PromptTokens, usage.CompletionTokens, usage.Sum, isStream);
        Count(usage.Sum);
        _metrics?.ForEach(metric => Emit(metric, usage));
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
            foreach (var allowance in claim.Allowances)
            {
                if (allowance.RemainingHeader is { } remaining)
                {
                    var count = execution.Services.TokenCounters.Read(claim.Key, allowance.Period);
                    headers[remaining] = count.Remaining(allowance.Limit).ToString(CultureInfo.InvariantCulture);
                }
            }

            if (claim.ConsumedHeader is { } consumed && _usage is not null)
            {
                headers[consumed] = _usage.Sum.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    // For each key there is one counter, however many policies look at it.
    private void Count(int tokens)
    {
        var counters = execution.Services.TokenCounters;
        foreach (var (key, period) in (_claims ?? []).SelectMany(claim => claim.Allowances.Select(allowance => (claim.Key, allowance.Period))).Distinct())
        {
            counters.Add(key, period, tokens);
        }
    }

    private void Emit(TokenMetricUse metric, TokenUsage usage)
    {
        var dimensions = metric.Dimensions;
        if (metric.NamesBackend)
        {
            dimensions.Add(MetricDimensions.BackendId, execution.Record.Attempts[^1].Backend);
        }

        execution.Services.TokenMetrics[metric.Namespace].Add(usage, dimensions);
    }
}
