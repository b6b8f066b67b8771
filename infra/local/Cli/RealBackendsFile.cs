using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Local.Cli;

/// <summary>
/// Reads the file that puts real models in place of simulated ones, by the instance's name: Azure OpenAI instances, and servers
/// that speak OpenAI's own API.
/// </summary>
internal static class RealBackendsFile
{
    private const string Azure = "azure";
    private const string OpenAI = "openai";
    private const string Example = """{"openai-primary": {"url": "https://NAME.openai.azure.com/openai", "apiKey": "..."}}""";

    /// <summary>The addresses by the instance's name.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="LocalStartException">It can not be used; the message names the file, the field and what is expected.</exception>
    public static IReadOnlyDictionary<string, BackendAddress> Read(string? path)
    {
        if (path is null)
        {
            return new Dictionary<string, BackendAddress>();
        }

        JsonElement file = ReadJson(path);
        return file.ValueKind == JsonValueKind.Object
            ? file.EnumerateObject().ToDictionary(instance => instance.Name, instance => AddressOf(instance.Value, $"{path}: ", instance.Name))
            : throw new LocalStartException($"{path}: it is {file.GetRawText()}; it must be like {Example}.");
    }

    private static JsonElement ReadJson(string path)
    {
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LocalStartException($"The backends file {path} can not be read: {e.Message} It should be like {Example}.", e);
        }
    }

    private static BackendAddress AddressOf(JsonElement json, string file, string instance)
    {
        string kind = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("kind", out JsonElement given) ? given.ToString() : Azure;
        if (kind == OpenAI)
        {
            OpenAIEntry server = ReadEntry(json, RealBackendsJson.Default.OpenAIEntry, file, instance);
            var models = new OpenAIModels(
                NotEmpty(server.ChatModel, "the name of a model", $"{file}{instance}.chatModel"),
                NotEmpty(server.EmbeddingModel, "the name of a model", $"{file}{instance}.embeddingModel"));
            return new BackendAddress(UrlOf(server.Url, $"{file}{instance}.url"), server.ApiKey is { Length: > 0 } key ? key : null, models);
        }

        if (kind != Azure)
        {
            throw new LocalStartException($"{file}{instance}.kind is \"{kind}\"; it must be {Azure} or {OpenAI}.");
        }

        AzureEntry azure = ReadEntry(json, RealBackendsJson.Default.AzureEntry, file, instance);
        return new BackendAddress(UrlOf(azure.Url, $"{file}{instance}.url"), NotEmpty(azure.ApiKey, "the instance's key", $"{file}{instance}.apiKey"));
    }

    private static T ReadEntry<T>(JsonElement json, JsonTypeInfo<T> type, string file, string instance) =>
        JsonShape.FindMistake(json, type, instance) is { } mistake ? throw new LocalStartException(file + mistake) : json.Deserialize(type)!;

    private static string NotEmpty(string value, string expected, string field) =>
        value.Trim().Length > 0 ? value : throw new LocalStartException($"{field} is \"{value}\"; it must be {expected}.");

    private static Uri UrlOf(string value, string field) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && (url.Scheme is "http" or "https")
            ? url
            : throw new LocalStartException($"{field} is \"{value}\"; it must be an absolute http or https URL.");
}

/// <summary>An Azure OpenAI instance.</summary>
internal sealed record AzureEntry(string Url, string ApiKey, string? Kind = null);

/// <summary>A server that speaks OpenAI's own API.</summary>
internal sealed record OpenAIEntry(string Kind, string Url, string ChatModel, string EmbeddingModel, string? ApiKey = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AzureEntry))]
[JsonSerializable(typeof(OpenAIEntry))]
internal sealed partial class RealBackendsJson : JsonSerializerContext;
