using System.Text.Json;

namespace ContosoSuites.Local.Host;

/// <summary>What this host takes from host.json: the route prefix. The rest is the Functions host's own.</summary>
/// <param name="RoutePrefix">Comes before every function's route; may be empty.</param>
internal sealed record HostJson(string RoutePrefix)
{
    private const string DefaultRoutePrefix = "api";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static HostJson Load(FunctionsHostOptions options)
    {
        string path = options.HostJsonPath ?? Path.Combine(Path.GetDirectoryName(options.FunctionsAssembly.Location) ?? "", "host.json");
        if (!File.Exists(path))
        {
            return options.HostJsonPath is null
                ? new HostJson(DefaultRoutePrefix)
                : throw new FunctionsHostException($"There is no file '{path}'.");
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return new HostJson(Find(json.RootElement, "extensions", "http", "routePrefix")?.GetString()?.Trim('/') ?? DefaultRoutePrefix);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FunctionsHostException($"'{path}' is not a valid host.json: {e.Message}", e);
        }
    }

    private static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (!element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
