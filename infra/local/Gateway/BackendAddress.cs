using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;

namespace ContosoSuites.Local.Gateway;

/// <summary>Where a backend resource of backends.json is found on this machine, and how the gateway authenticates there.</summary>
/// <param name="Url">What the resource's url is in API Management, e.g. <c>http://127.0.0.1:5001/openai</c>.</param>
/// <param name="ApiKey">The instance's key; null for the gateway's managed identity (<see cref="ManagedIdentityToken"/>), or for none where there are <paramref name="Models"/>.</param>
/// <param name="Models">The models of a server that speaks OpenAI's own API; null for an Azure OpenAI instance.</param>
public sealed record BackendAddress(Uri Url, string? ApiKey = null, OpenAIModels? Models = null)
{
    /// <summary>The bearer token that stands for the gateway's managed identity on this machine.</summary>
    public const string ManagedIdentityToken = "local-managed-identity-token";

    /// <summary>The header with an instance's key.</summary>
    internal const string ApiKeyHeader = "api-key";

    /// <summary>An authority that is trusted beside the machine's, as the one of simulated instances is; null for none.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>The header that the gateway authenticates with; null where the server asks for none.</summary>
    internal (string Name, string Value)? Credentials => (ApiKey, Models) switch
    {
        (null, null) => (HeaderNames.Authorization, "Bearer " + ManagedIdentityToken),
        (null, _) => null,
        ({ } key, null) => (ApiKeyHeader, key),
        ({ } key, _) => (HeaderNames.Authorization, "Bearer " + key),
    };
}

/// <summary>
/// The models of a server that speaks OpenAI's own API, as OpenAI, Ollama and many others do. It knows no deployments: its
/// paths begin with /v1, and the request's body names the model. The rest of a call is the same as with Azure.
/// </summary>
/// <param name="Chat">The model that chats.</param>
/// <param name="Embeddings">The model that embeds.</param>
public sealed record OpenAIModels(string Chat, string Embeddings)
{
    private const string Version = "/v1";
    private const string EmbeddingsPath = "/embeddings";

    // What a person has written stays as it is, not only what it means.
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the paths follow: the server's address with its version, which may be there already.</summary>
    internal static string RootOf(Uri url) => url.GetLeftPart(UriPartial.Path).TrimEnd('/') is var root && root.EndsWith(Version, StringComparison.Ordinal) ? root : root + Version;

    /// <summary>The server's path for the one of a deployment: what follows <c>/deployments/{name}</c>.</summary>
    internal static string PathOf(string path) => path.Split('/', 4) is ["", "deployments", _, var operation] ? "/" + operation : path;

    /// <summary>A body that names the model of its operation; one that is no JSON object is the server's to refuse.</summary>
    internal ReadOnlyMemory<byte> Name(ReadOnlyMemory<byte> body, Uri url)
    {
        try
        {
            var json = JsonNode.Parse(body.Span) as JsonObject ?? throw new JsonException();
            json.Remove("model");
            json.Insert(0, "model", url.AbsolutePath.EndsWith(EmbeddingsPath, StringComparison.Ordinal) ? Embeddings : Chat);
            return JsonSerializer.SerializeToUtf8Bytes(json, Unescaped);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return body;
        }
    }
}
