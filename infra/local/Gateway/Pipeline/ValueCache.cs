using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// API Management's internal cache: values by key, each for its time. It keeps and gives copies: policies change the JSON
/// that they have looked up, and requests run at once.
/// </summary>
internal sealed class ValueCache(TimeProvider time)
{
    // Beyond it, what has run out is looked for and removed at each store.
    private const int SweepAbove = 1000;

    private readonly ConcurrentDictionary<string, (object Value, long Until)> _values = new();

    /// <summary>The value, or null when there is none, or none any more.</summary>
    public object? Find(string key) =>
        _values.TryGetValue(key, out var entry) && time.GetTimestamp() < entry.Until ? Copy(entry.Value) : null;

    public void Store(string key, object value, TimeSpan duration)
    {
        var now = time.GetTimestamp();
        _values[key] = (Copy(value), now + (long)(duration.TotalSeconds * time.TimestampFrequency));
        if (_values.Count > SweepAbove)
        {
            foreach (var entry in _values.Where(entry => entry.Value.Until <= now))
            {
                _values.TryRemove(entry);
            }
        }
    }

    private static object Copy(object value) => value is JToken json ? json.DeepClone() : value;
}
