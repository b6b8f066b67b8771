using System.Text.Json;
using ContosoSuites.Local.Gateway;

namespace ContosoSuites.Local.Cli;

/// <summary>Reads the file that puts real models in place of simulated ones: <c>{"openai-primary": {"url", "apiKey"}}</c>.</summary>
internal static class RealBackendsFile
{
    private const string Example = """{"openai-primary": {"url": "https://NAME.openai.azure.com/openai", "apiKey": "..."}}""";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The addresses by backend name.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="LocalStartException">It can not be used.</exception>
    public static IReadOnlyDictionary<string, BackendAddress> Read(string? path)
    {
        if (path is null)
        {
            return new Dictionary<string, BackendAddress>();
        }

        try
        {
            Dictionary<string, Entry> entries = JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(path), Json) ?? [];
            return entries.ToDictionary(entry => entry.Key, entry => new BackendAddress(entry.Value.Url, entry.Value.ApiKey));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LocalStartException(
                $"The backends file {path} can not be used: {e.Message} It should be like {Example}.", e);
        }
    }

    private sealed record Entry(Uri Url, string ApiKey);
}
