using Microsoft.Extensions.Configuration;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>The settings of local.settings.sample.json, which work as they stand.</summary>
internal static class SampleSettings
{
    public static Dictionary<string, string?> Read() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json"))
        .Build()
        .GetSection("Values")
        .AsEnumerable(makePathsRelative: true)
        .Where(setting => setting.Value is not null)
        .ToDictionary(setting => setting.Key, setting => setting.Value);
}
