using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>
/// What <c>{{name}}</c> in a policy stands for. As in API Management the values are put in as text, inside expressions too.
/// </summary>
internal sealed partial class NamedValues(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Puts the values into <paramref name="text"/>; <paramref name="wrong"/> makes the error for a name that has none.</summary>
    public string Substitute(string text, Func<string, Exception> wrong) => Reference().Replace(text, match =>
        values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw wrong($"there is no named value {match.Groups[1].Value}; known are {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}."));

    [GeneratedRegex(@"\{\{([A-Za-z0-9_.-]+)\}\}")]
    private static partial Regex Reference();
}
