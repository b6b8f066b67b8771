using System.Collections.Concurrent;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>API Management's internal cache: values by key, each for its time.</summary>
internal sealed class ValueCache(TimeProvider time)
{
    // Beyond it, what has run out is looked for and removed at each store.
    private const int SweepAbove = 1000;

    private readonly ConcurrentDictionary<string, (object Value, long Until)> _values = new();

    /// <summary>The value, or null when there is none, or none any more.</summary>
    public object? Find(string key) =>
        _values.TryGetValue(key, out var entry) && time.GetTimestamp() < entry.Until ? entry.Value : null;

    public void Store(string key, object value, TimeSpan duration)
    {
        var now = time.GetTimestamp();
        _values[key] = (value, now + (long)(duration.TotalSeconds * time.TimestampFrequency));
        if (_values.Count > SweepAbove)
        {
            foreach (var entry in _values.Where(entry => entry.Value.Until <= now))
            {
                _values.TryRemove(entry);
            }
        }
    }
}
