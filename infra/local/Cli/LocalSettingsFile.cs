using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary>Reads the Values of local.settings.json, as Core Tools does, or those of the sample where nobody made one.</summary>
internal static class LocalSettingsFile
{
    private const string Name = "local.settings.json";
    private const string EveryTenSeconds = "*/10 * * * * *";

    private static readonly string[] Watched = ["BackendDistributionSchedule", "EmbedPendingRequestsSchedule"];

    /// <summary>The settings of the Function App.</summary>
    /// <param name="directory">Where local.settings.json would be: next to host.json.</param>
    /// <exception cref="InvalidDataException">The file is not what Core Tools reads.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string directory)
    {
        string own = Path.Combine(directory, Name);
        return File.Exists(own) ? ReadValues(own) : ReadSample();
    }

    /// <summary>
    /// The settings for <c>start</c>: somebody looks on, so unless a local.settings.json has schedules of its own, other than the
    /// sample's, the app collects every few seconds, and the sample data can be searched for as soon.
    /// </summary>
    /// <param name="directory">Where local.settings.json would be.</param>
    /// <exception cref="InvalidDataException">The file is not what Core Tools reads.</exception>
    public static IReadOnlyDictionary<string, string?> ReadForStart(string directory)
    {
        IReadOnlyDictionary<string, string?> sample = ReadSample();
        var settings = new Dictionary<string, string?>(Read(directory));
        foreach (string schedule in Watched.Where(name => settings.GetValueOrDefault(name) == sample[name]))
        {
            settings[schedule] = EveryTenSeconds;
        }

        return settings;
    }

    /// <summary>The settings of local.settings.sample.json.</summary>
    public static IReadOnlyDictionary<string, string?> ReadSample() =>
        ReadValues(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json"));

    private static Dictionary<string, string?> ReadValues(string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => (string?)value.Value.ToString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} can not be read: it has to be a JSON object with an object 'Values' of strings ({e.Message}).", e);
        }
    }
}
