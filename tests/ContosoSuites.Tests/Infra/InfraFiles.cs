using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ContosoSuites.Tests.Infra;

/// <summary>The files below infra as they stand in the repository.</summary>
internal static class InfraFiles
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static string Infra { get; } = Path.Combine(Root, "infra");

    /// <summary>A JSON file below infra.</summary>
    public static JsonElement Json(string path) => JsonElement.Parse(File.ReadAllText(Path.Combine(Infra, path)));

    /// <summary>The settings of local.settings.sample.json.</summary>
    public static JsonElement SampleSettings() =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(Root, "local.settings.sample.json"))).GetProperty("Values");

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
