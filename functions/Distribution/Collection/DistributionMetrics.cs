using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>
/// The collected figures as metrics. What is counted is the difference that a replacement of bins has made, so that reading
/// the same minutes again adds nothing, late rows add what they bring, and a correction takes away what was wrong: therefore
/// these are up-down counters.
/// </summary>
internal sealed class DistributionMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ContosoSuites.BackendDistribution";

    private readonly UpDownCounter<long> _requests;
    private readonly UpDownCounter<long> _failedAttempts;
    private readonly UpDownCounter<long> _retries;
    private readonly UpDownCounter<long> _tokens;
    private readonly UpDownCounter<long> _functionTokens;
    private readonly Gauge<double> _share;
    private readonly Gauge<double> _expectedShare;
    private readonly Gauge<double> _average;
    private readonly Gauge<double> _p95;

    /// <summary>Makes the instruments.</summary>
    public DistributionMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _requests = meter.CreateUpDownCounter<long>("contoso.backend.requests", "{request}", "Requests that ended with a backend, by outcome.");
        _failedAttempts = meter.CreateUpDownCounter<long>("contoso.backend.failed_attempts", "{attempt}", "Attempts at a backend that failed, by reason.");
        _retries = meter.CreateUpDownCounter<long>("contoso.backend.retries", "{attempt}", "Failed attempts at a backend that were tried again.");
        _tokens = meter.CreateUpDownCounter<long>("contoso.backend.tokens", "{token}", "Tokens that a backend has used, by type.");
        _functionTokens = meter.CreateUpDownCounter<long>("contoso.function.tokens", "{token}", "Tokens that a function's model calls have used.");
        _share = meter.CreateGauge<double>("contoso.backend.share", "1", "A backend's share of its priority group in the last hour.");
        _expectedShare = meter.CreateGauge<double>("contoso.backend.expected_share", "1", "The share that the weights say.");
        _average = meter.CreateGauge<double>("contoso.backend.duration.average", "ms", "Mean backend time in the last hour.");
        _p95 = meter.CreateGauge<double>("contoso.backend.duration.p95", "ms", "The highest p95 of the backend time in the last hour's bins.");
    }

    /// <summary>Counts what a replacement has changed.</summary>
    public void Count(DistributionReplacement replacement)
    {
        foreach (DistributionBin bin in replacement.Removed)
        {
            Count(bin, -1);
        }

        foreach (DistributionBin bin in replacement.Stored)
        {
            Count(bin, 1);
        }
    }

    /// <summary>Sets the gauges to the last hour's figures.</summary>
    public void Set(DistributionReport lastHour)
    {
        foreach (BackendReport backend in lastHour.Backends)
        {
            var tag = new KeyValuePair<string, object?>("backend", backend.Backend);
            if (backend.Figures is { AverageBackendMs: { } average, P95BackendMs: { } p95 })
            {
                _average.Record(average, tag);
                _p95.Record(p95, tag);
            }
        }

        foreach (BackendShare share in lastHour.PriorityGroups.SelectMany(group => group.Backends))
        {
            var tag = new KeyValuePair<string, object?>("backend", share.Backend);
            _expectedShare.Record(share.ExpectedShare, tag);
            if (share.Share is { } observed)
            {
                _share.Record(observed, tag);
            }
        }
    }

    private void Count(DistributionBin bin, int sign)
    {
        Add(_requests, bin.Successes, "outcome", "success");
        Add(_requests, bin.Requests - bin.Successes, "outcome", "failure");
        Add(_failedAttempts, bin.Throttled, "reason", "throttled");
        Add(_failedAttempts, bin.ClientErrors, "reason", "client_error");
        Add(_failedAttempts, bin.ServerErrors, "reason", "server_error");
        Add(_failedAttempts, bin.Unanswered, "reason", "unanswered");
        Add(_tokens, bin.PromptTokens, "type", "prompt");
        Add(_tokens, bin.CompletionTokens, "type", "completion");
        if (bin.Retries != 0)
        {
            _retries.Add(sign * bin.Retries, new TagList { { "backend", bin.Backend }, { "deployment", bin.Deployment } });
        }

        foreach ((string function, long tokens) in bin.TokensByFunction)
        {
            _functionTokens.Add(sign * tokens, new TagList { { "function", function } });
        }

        void Add(UpDownCounter<long> counter, long value, string tag, string tagValue)
        {
            if (value != 0)
            {
                counter.Add(sign * value, new TagList { { "backend", bin.Backend }, { "deployment", bin.Deployment }, { tag, tagValue } });
            }
        }
    }
}
