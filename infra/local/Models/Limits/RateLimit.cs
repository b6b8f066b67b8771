namespace ContosoSuites.Local.Models.Limits;

/// <summary>
/// Requests and tokens per minute, counted in windows of a minute that begin with the first request after the last one.
/// </summary>
/// <remarks>
/// A request is let in while anything is left and charged with what it really used, so the last one of a window may
/// overshoot, as it may in Azure.
/// </remarks>
internal sealed class RateLimit(int requestsPerMinute, int tokensPerMinute, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _windowEnd;
    private int _requests;
    private long _tokens;

    public int RequestsPerMinute => requestsPerMinute;

    public int TokensPerMinute => tokensPerMinute;

    /// <summary>The limit of one deployment, as the instance's options say.</summary>
    public static RateLimit Create(ModelInstanceOptions options, TimeProvider timeProvider) => new(
        options.RequestsPerMinute ?? ModelInstanceOptions.Unlimited, options.TokensPerMinute ?? ModelInstanceOptions.Unlimited, timeProvider);

    /// <summary>Takes a request in, or says what is used up and until when.</summary>
    public RateLimitRefusal? TryAdmit()
    {
        lock (_lock)
        {
            DateTimeOffset now = timeProvider.GetUtcNow();
            if (now >= _windowEnd)
            {
                _windowEnd = now + Window;
                _requests = 0;
                _tokens = 0;
            }

            if (_tokens >= tokensPerMinute)
            {
                return new RateLimitRefusal("token", _windowEnd - now);
            }

            if (_requests >= requestsPerMinute)
            {
                return new RateLimitRefusal("call", _windowEnd - now);
            }

            _requests++;
            return null;
        }
    }

    /// <summary>Charges an admitted request with the tokens it used.</summary>
    public RateLimitStatus Charge(int tokens)
    {
        lock (_lock)
        {
            _tokens += tokens;
            return new RateLimitStatus(requestsPerMinute - _requests, (int)Math.Max(0, tokensPerMinute - _tokens));
        }
    }
}
