using System.Collections.Concurrent;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// The tokens used by key and period. They are counted when a model has said what a call took, so calls at the same time can
/// overshoot a limit, as they can in API Management. Its tiers count a minute in different ways (a sliding window, a bucket);
/// here it is fixed and begins with the first tokens, which makes the wait that a caller is told an exact one.
/// </summary>
internal sealed class TokenCounters(TimeProvider time)
{
    // Beyond it, periods that are over are looked for and removed whenever one begins.
    private const int SweepAbove = 1000;

    private readonly ConcurrentDictionary<(string Key, TokenPeriod Period), Window> _windows = new();

    /// <summary>How many counts are in memory.</summary>
    public int Count => _windows.Count;

    /// <summary>What the key has used in the period under way.</summary>
    public TokenCount Read(string key, TokenPeriod period)
    {
        var now = time.GetUtcNow();
        return _windows.TryGetValue((key, period), out var window) && now < window.End
            ? new TokenCount(window.Used, window.End - now)
            : new TokenCount(0, period.End(now) - now);
    }

    /// <summary>Counts tokens, in a new period when the last one is over.</summary>
    public void Add(string key, TokenPeriod period, int tokens)
    {
        var now = time.GetUtcNow();
        var window = _windows.AddOrUpdate(
            (key, period),
            static (id, use) => new Window(use.Tokens, id.Period.End(use.Now)),
            static (id, window, use) => use.Now < window.End
                ? window with { Used = window.Used + use.Tokens }
                : new Window(use.Tokens, id.Period.End(use.Now)),
            (Tokens: tokens, Now: now));
        if (window.Used == tokens && _windows.Count > SweepAbove)
        {
            Sweep(now);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var window in _windows)
        {
            if (window.Value.End <= now)
            {
                // Only as it was seen: another thread may have begun anew meanwhile.
                _windows.TryRemove(window);
            }
        }
    }

    private readonly record struct Window(long Used, DateTimeOffset End);
}
