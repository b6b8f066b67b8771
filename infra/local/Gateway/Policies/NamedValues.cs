using System.Globalization;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>What <c>{{name}}</c> in a policy stands for. As in API Management the values are put in as text, inside expressions too.</summary>
internal sealed partial class NamedValues(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The named value that the timeout of an attempt in backends.json is offered as.</summary>
    public const string AttemptTimeoutSeconds = "openai-attempt-timeout-seconds";

    /// <summary>The named value that the token limit of backends.json is offered as.</summary>
    public const string TokensPerMinute = "openai-tokens-per-minute";

    /// <summary>Those of backends.json, some of them replaced by <paramref name="others"/>.</summary>
    /// <exception cref="GatewayConfigurationException">One of the others replaces nothing.</exception>
    public static NamedValues Create(BackendsFile file, IReadOnlyDictionary<string, string> others)
    {
        GatewayConfigurationException.ThrowIf(
            file.AttemptTimeoutSeconds < 1, $"{GatewayFiles.BackendsName}: attemptTimeoutSeconds is {file.AttemptTimeoutSeconds}; it must be at least 1.");
        var values = new Dictionary<string, string>(file.NamedValues)
        {
            [AttemptTimeoutSeconds] = file.AttemptTimeoutSeconds.ToString(CultureInfo.InvariantCulture),
        };
        if (file.TokenLimit is { } limit)
        {
            values[TokensPerMinute] = limit.TokensPerMinute.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in others)
        {
            GatewayConfigurationException.ThrowIf(
                !values.ContainsKey(name),
                $"There is no named value {name} to be replaced; {GatewayFiles.BackendsName} has {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}.");
            values[name] = value;
        }

        return new NamedValues(values);
    }

    /// <summary>Puts the values into <paramref name="text"/>; <paramref name="wrong"/> makes the error for a name that has none.</summary>
    public string Substitute(string text, Func<string, Exception> wrong) => Reference().Replace(text, match =>
        values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw wrong($"there is no named value {match.Groups[1].Value}; known are {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}."));

    [GeneratedRegex(@"\{\{([A-Za-z0-9_.-]+)\}\}")]
    private static partial Regex Reference();
}
