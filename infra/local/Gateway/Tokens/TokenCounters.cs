using System.Collections.Concurrent;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// The tokens that each key has used in its minute. They are counted when a model has said what a call took, so calls at the
/// same time can overshoot a limit, as they can in API Management. Its tiers count a minute in different ways (a sliding
/// window, a bucket); here it is fixed and begins with the first tokens, which makes the wait that a caller is told an exact one.
/// </summary>
internal sealed class TokenCounters(TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>What the key has used in the minute under way.</summary>
    public TokenCount Read(string key)
    {
        var now = time.GetUtcNow();
        return _windows.TryGetValue(key, out var window) && now < window.End ? new TokenCount(window.Used, window.End - now) : new TokenCount(0, Period);
    }

    /// <summary>Counts tokens, in a new minute when the last one is over.</summary>
    public void Add(string key, int tokens)
    {
        var now = time.GetUtcNow();
        _windows.AddOrUpdate(
            key,
            static (_, use) => new Window(use.Tokens, use.Now + Period),
            static (_, window, use) => use.Now < window.End ? window with { Used = window.Used + use.Tokens } : new Window(use.Tokens, use.Now + Period),
            (Tokens: tokens, Now: now));
    }

    private readonly record struct Window(long Used, DateTimeOffset End);
}

/// <summary>The tokens that a key has used in the minute under way, and the time until the count begins anew.</summary>
internal readonly record struct TokenCount(long Used, TimeSpan Left)
{
    /// <summary>What is left of <paramref name="limit"/>; never less than 0, however far concurrent calls have overshot it.</summary>
    public int Remaining(int limit) => (int)Math.Max(0, limit - Used);

    /// <summary>The whole seconds after which the count has begun anew for sure.</summary>
    public int LeftSeconds => (int)Math.Ceiling(Left.TotalSeconds);
}
