namespace ContosoSuites.Local.Models.Limits;

/// <summary>One deployment's requests and tokens per minute, counted in windows of a minute that begin with the first request after the last one.</summary>
/// <remarks>
/// A request is let in while anything is left and charged with what it really used, so the last one of a window may
/// overshoot, as it may in Azure. The limiters of .NET take what a request needs beforehand, and know no clock but the machine's.
/// </remarks>
internal sealed class RateLimit(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _windowEnd;
    private int _requests;
    private long _tokens;

    public int RequestsPerMinute { get; } = options.RequestsPerMinute ?? ModelInstanceOptions.Unlimited;

    public int TokensPerMinute { get; } = options.TokensPerMinute ?? ModelInstanceOptions.Unlimited;

    /// <summary>Takes a request in, or says which rate is used up and for how long.</summary>
    public (string Rate, TimeSpan RetryAfter)? TryAdmit()
    {
        lock (_lock)
        {
            DateTimeOffset now = timeProvider.GetUtcNow();
            if (now >= _windowEnd)
            {
                (_windowEnd, _requests, _tokens) = (now + Window, 0, 0);
            }

            if (_tokens >= TokensPerMinute || _requests >= RequestsPerMinute)
            {
                return (_tokens >= TokensPerMinute ? "token" : "call", _windowEnd - now);
            }

            _requests++;
            return null;
        }
    }

    /// <summary>Charges a request with the tokens it used.</summary>
    /// <returns>What is left of the minute.</returns>
    public (int Requests, int Tokens) Charge(int tokens)
    {
        lock (_lock)
        {
            _tokens += tokens;
            return (RequestsPerMinute - _requests, (int)Math.Max(0, TokensPerMinute - _tokens));
        }
    }
}
