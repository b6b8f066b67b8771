using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// API Management's internal cache: values by key, each for its time. It keeps and gives copies: policies change the JSON
/// that they have looked up, and requests run at once.
/// </summary>
internal sealed class ValueCache(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (object Value, long Until)> _values = new();

    /// <summary>The value, or null when there is none, or none any more.</summary>
    public object? Find(string key) =>
        _values.TryGetValue(key, out var entry) && time.GetTimestamp() < entry.Until ? Copy(entry.Value) : null;

    public void Store(string key, object value, TimeSpan duration) =>
        _values[key] = (Copy(value), time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency));

    private static object Copy(object value) => value is JToken json ? json.DeepClone() : value;
}
