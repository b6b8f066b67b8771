using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ContosoSuites.Local.Gateway.Expressions.Context;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>Shows expressions the headers of the connection, or its query, without a copy.</summary>
internal sealed class HeaderView(IEnumerable<KeyValuePair<string, StringValues>> entries, HeaderView.Lookup lookup) : IHeaders
{
    /// <summary>Finds the values of a name; none when it is not there.</summary>
    public delegate StringValues Lookup(string name);

    public IEnumerable<string> Keys => entries.Select(entry => entry.Key);

    public IEnumerable<string[]> Values => entries.Select(entry => ToArray(entry.Value));

    public int Count => entries.Count();

    public string[] this[string key] =>
        TryGetValue(key, out var values) ? values : throw new KeyNotFoundException($"There is no {key}.");

    public bool ContainsKey(string key) => lookup(key).Count > 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string[] value)
    {
        var values = lookup(key);
        value = values.Count > 0 ? ToArray(values) : null;
        return value is not null;
    }

    public string? GetValueOrDefault(string name, string? defaultValue = null)
    {
        var values = lookup(name);
        return values.Count switch
        {
            0 => defaultValue,
            1 => values[0],
            _ => string.Join(",", (IEnumerable<string?>)values),
        };
    }

    public IEnumerator<KeyValuePair<string, string[]>> GetEnumerator() =>
        entries.Select(entry => KeyValuePair.Create(entry.Key, ToArray(entry.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string[] ToArray(StringValues values) => [.. values.Select(value => value ?? "")];
}
