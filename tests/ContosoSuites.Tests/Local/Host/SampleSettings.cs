using ContosoSuites.Local.Cli;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>The settings of local.settings.sample.json, which work as they stand; but no timer runs while a test counts calls.</summary>
internal static class SampleSettings
{
    /// <summary>A schedule that comes up in no test.</summary>
    public const string Never = "0 0 0 30 2 *";

    public static Dictionary<string, string?> Read() => LocalSettingsFile.ReadSample()
        .ToDictionary(setting => setting.Key, setting => setting.Key.EndsWith("Schedule", StringComparison.Ordinal) ? Never : setting.Value);
}
