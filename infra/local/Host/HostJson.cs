using System.Text.Json;

namespace ContosoSuites.Local.Host;

/// <summary>What this host takes from host.json: the route prefix. The rest is the Functions host's own.</summary>
internal static class HostJson
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>What comes before every function's route; may be empty.</summary>
    /// <param name="appDirectory">The folder with the app's files.</param>
    /// <exception cref="FunctionsHostException">The file is missing or not JSON.</exception>
    public static string RoutePrefixIn(string appDirectory)
    {
        string path = Path.Combine(appDirectory, "host.json");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return json.RootElement.TryGetProperty("extensions", out JsonElement extensions)
                && extensions.TryGetProperty("http", out JsonElement http)
                && http.TryGetProperty("routePrefix", out JsonElement prefix)
                    ? prefix.GetString()!.Trim('/')
                    : "api";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            throw new FunctionsHostException($"'{path}' is not a valid host.json: {e.Message}", e);
        }
    }
}
