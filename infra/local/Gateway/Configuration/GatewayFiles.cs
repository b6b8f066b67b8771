using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>The files of infra/gateway: deployed to API Management, read as they stand here.</summary>
internal sealed record GatewayFiles(BackendsFile Backends, ApiFile Api, DiagnosticsFile Diagnostics)
{
    public const string BackendsName = "backends.json";

    public const string PolicyName = "policy.xml";

    /// <exception cref="GatewayConfigurationException">A file is missing, or is not what it should be.</exception>
    public static GatewayFiles Read(string directory) => new(
        ReadJson(directory, BackendsName, GatewayJsonContext.Default.BackendsFile),
        ReadJson(directory, "api.json", GatewayJsonContext.Default.ApiFile),
        ReadJson(directory, "diagnostics.json", GatewayJsonContext.Default.DiagnosticsFile));

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
            throw new GatewayConfigurationException($"{name}({exception.LineNumber.GetValueOrDefault() + 1}): {JsonShape.Explain(text, type, exception)}", exception);
        }
    }
}

/// <summary>api.json: the API, which Bicep deploys from the same file. Its path is the one below the gateway's root.</summary>
internal sealed record ApiFile(
    string Name, string DisplayName, string Path, string SubscriptionKeyHeader, string SubscriptionKeyQuery, IReadOnlyList<OperationEntry> Operations);

/// <summary>An operation of the API. Its path is the one below the API's, with parameters in braces.</summary>
internal sealed record OperationEntry(string Name, string DisplayName, string Method, string UrlTemplate);

/// <summary>diagnostics.json: what the gateway logs of a request, which Bicep deploys from the same file.</summary>
internal sealed record DiagnosticsFile
{
    /// <summary>The request headers whose values are logged.</summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } = [];

    /// <summary>How many of a hundred requests are logged, which is for the deployed gateway alone: here all are.</summary>
    public int SamplingPercentage { get; init; } = 100;

    /// <summary>Whether prompts and answers are logged, which is for the deployed gateway alone: here none are.</summary>
    public bool LogMessages { get; init; }
}

/// <summary>Reads the gateway's JSON files; generated, as reflection would cost time at every start. A member it does not know is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackendsFile))]
[JsonSerializable(typeof(ApiFile))]
[JsonSerializable(typeof(DiagnosticsFile))]
internal sealed partial class GatewayJsonContext : JsonSerializerContext;
