using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Local.Cli;

/// <summary>
/// Reads the file that puts real models in place of simulated ones, by the instance's name: Azure OpenAI instances, and servers
/// that speak OpenAI's own API.
/// </summary>
internal static class RealBackendsFile
{
    private const string Example = """{"openai-primary": {"url": "https://NAME.openai.azure.com/openai", "apiKey": "..."}}""";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The addresses by the instance's name; none without a file.</summary>
    /// <exception cref="LocalStartException">It can not be used; the message names the file, the field and what is expected.</exception>
    public static IReadOnlyDictionary<string, BackendAddress> Read(string? path)
    {
        if (path is null)
        {
            return new Dictionary<string, BackendAddress>();
        }

        try
        {
            Dictionary<string, Entry?> entries = JsonSerializer.Deserialize<Dictionary<string, Entry?>>(File.ReadAllBytes(path), Json) ?? [];
            return entries.ToDictionary(entry => entry.Key, entry => AddressOf(entry.Value ?? throw new JsonException($"{entry.Key} is null."), entry.Key));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LocalStartException($"The backends file {path} can not be used: {e.Message} It should be like {Example}.", e);
        }
    }

    private static BackendAddress AddressOf(Entry entry, string instance)
    {
        Uri url = Uri.TryCreate(entry.Url, UriKind.Absolute, out Uri? given) && given.Scheme is "http" or "https"
            ? given
            : throw new JsonException($"{instance}.url is \"{entry.Url}\"; it must be an absolute http or https URL.");
        return entry.Kind switch
        {
            "azure" => new BackendAddress(url, Needed(entry.ApiKey, "apiKey")),
            "openai" => new BackendAddress(
                url, string.IsNullOrEmpty(entry.ApiKey) ? null : entry.ApiKey, new OpenAIModels(Needed(entry.ChatModel, "chatModel"), Needed(entry.EmbeddingModel, "embeddingModel"))),
            _ => throw new JsonException($"{instance}.kind is \"{entry.Kind}\"; it must be azure or openai."),
        };

        string Needed(string? value, string field) =>
            string.IsNullOrWhiteSpace(value) ? throw new JsonException($"{instance}.{field} is missing.") : value;
    }

    private sealed record Entry(string Url, string? ApiKey = null, string Kind = "azure", string? ChatModel = null, string? EmbeddingModel = null);
}
