using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>The files of infra/gateway: deployed to API Management, read as they stand here.</summary>
internal sealed record GatewayFiles(BackendsFile Backends, ApiFile Api, DiagnosticsFile Diagnostics)
{
    public const string BackendsName = "backends.json";

    public const string ApiName = "api.json";

    public const string DiagnosticsName = "diagnostics.json";

    public const string PolicyName = "policy.xml";

    /// <exception cref="GatewayConfigurationException">A file is missing, or is not what it should be.</exception>
    public static GatewayFiles Read(string directory) => new(
        ReadJson(directory, BackendsName, GatewayJsonContext.Default.BackendsFile),
        ReadJson(directory, ApiName, GatewayJsonContext.Default.ApiFile),
        ReadJson(directory, DiagnosticsName, GatewayJsonContext.Default.DiagnosticsFile));

    /// <summary>The text of a file.</summary>
    /// <exception cref="GatewayConfigurationException">It can not be read.</exception>
    public static string ReadText(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GatewayConfigurationException($"The gateway can not read {path}: {exception.Message}", exception);
        }
    }

    private static T ReadJson<T>(string directory, string name, JsonTypeInfo<T> type)
    {
        var text = ReadText(directory, name);
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new GatewayConfigurationException($"{name}({exception.LineNumber.GetValueOrDefault() + 1}): {Explain(text, type, exception)}", exception);
        }
    }

    // The serializer speaks of .NET's types, which the file's author has not chosen.
    private static string Explain(string text, JsonTypeInfo type, JsonException exception)
    {
        try
        {
            return JsonShape.FindMistake(JsonElement.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }), type)
                ?? exception.Message;
        }
        catch (JsonException syntax)
        {
            return "it is no JSON. " + syntax.Message;
        }
    }
}
