using System.ClientModel;
using System.Text.Json;

namespace ContosoSuites.Functions.Gateway;

/// <summary>What the body of a failed model call says.</summary>
/// <param name="Code">The code of an Azure OpenAI error, <c>{"error":{"code"}}</c>; null in any other body.</param>
/// <param name="Message">The message of an API Management error, <c>{"statusCode", "message"}</c>; null in any other body.</param>
internal sealed record GatewayErrorBody(string? Code, string? Message)
{
    private static readonly GatewayErrorBody Nothing = new(null, null);

    /// <summary>
    /// Whether API Management refused the call because this app has used up its tokens. Its words are all that tells this from
    /// a refusal for another reason: the status is that of throttled models, or of a wrong key.
    /// </summary>
    public bool IsOutOfTokens => Message is { } message
        && (message.StartsWith("Token limit", StringComparison.OrdinalIgnoreCase) || message.StartsWith("Token quota", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the body of a response; one that is not JSON says nothing.</summary>
    public static GatewayErrorBody Read(ClientResultException e)
    {
        if (e.GetRawResponse()?.Content is not { } content)
        {
            return Nothing;
        }

        try
        {
            using JsonDocument body = JsonDocument.Parse(content);
            JsonElement root = body.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new GatewayErrorBody(root.TryGetProperty("error", out JsonElement error) ? TextOf(error, "code") : null, TextOf(root, "message"))
                : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
