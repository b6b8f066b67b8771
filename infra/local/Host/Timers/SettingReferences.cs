using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Host.Timers;

/// <summary>Settings named between percent signs in an attribute, as in <c>%Schedule%</c>.</summary>
internal static partial class SettingReferences
{
    public static string Resolve(string text, IConfiguration configuration, string function) =>
        Reference().Replace(text, reference =>
        {
            string name = reference.Groups["name"].Value;
            string? value = configuration[name];
            return string.IsNullOrWhiteSpace(value)
                ? throw new FunctionsHostException($"The setting '{name}', which the timer trigger of function '{function}' refers to, is missing.")
                : value;
        });

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex Reference();
}
