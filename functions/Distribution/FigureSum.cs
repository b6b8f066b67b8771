namespace ContosoSuites.Functions.Distribution;

/// <summary>Adds bins up.</summary>
/// <param name="hasPrices">Whether anything has a price.</param>
internal sealed class FigureSum(bool hasPrices)
{
    private readonly CostSum _cost = new(hasPrices);
    private long _requests;
    private long _successes;
    private long _throttled;
    private long _clientErrors;
    private long _serverErrors;
    private long _unanswered;
    private long _retries;
    private long _promptTokens;
    private long _completionTokens;
    private double _backendMs;
    private double _p95BackendMs;

    /// <summary>Adds a bin.</summary>
    /// <param name="bin">The bin.</param>
    /// <param name="cost">What its tokens cost in US dollars; null without a price.</param>
    public void Add(DistributionBin bin, decimal? cost)
    {
        _requests += bin.Requests;
        _successes += bin.Successes;
        _throttled += bin.Throttled;
        _clientErrors += bin.ClientErrors;
        _serverErrors += bin.ServerErrors;
        _unanswered += bin.Unanswered;
        _retries += bin.Retries;
        _promptTokens += bin.PromptTokens;
        _completionTokens += bin.CompletionTokens;
        _cost.Add(bin.PromptTokens + bin.CompletionTokens, cost);
        if (bin.Requests > 0)
        {
            // Every request has one last attempt, so requests are the weights of the means.
            _backendMs += bin.AverageBackendMs * bin.Requests;
            _p95BackendMs = Math.Max(_p95BackendMs, bin.P95BackendMs);
        }
    }

    /// <summary>The figures of what was added.</summary>
    public DistributionFigures ToFigures() => new()
    {
        Requests = _requests,
        Successes = _successes,
        Throttled = _throttled,
        ClientErrors = _clientErrors,
        ServerErrors = _serverErrors,
        Unanswered = _unanswered,
        Retries = _retries,
        PromptTokens = _promptTokens,
        CompletionTokens = _completionTokens,
        Cost = _cost.Cost,
        AverageBackendMs = _requests > 0 ? _backendMs / _requests : null,
        P95BackendMs = _requests > 0 ? _p95BackendMs : null,
    };
}
