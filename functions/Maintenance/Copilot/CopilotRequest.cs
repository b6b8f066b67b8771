using System.Text.Json;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>A message to the copilot.</summary>
/// <param name="Message">What the user says.</param>
/// <param name="Conversation">The conversation that it belongs to.</param>
internal sealed record CopilotRequest(string Message, ConversationKey Conversation)
{
    private const string Expected = """a JSON string, or {"message": "...", "conversationId": "..."}""";

    /// <summary>Reads a bare JSON string, as the dashboard sends it, or an object.</summary>
    /// <exception cref="InvalidRequestException">Neither, or no usable message.</exception>
    public static async Task<CopilotRequest> ReadAsync(HttpRequest request, CopilotSettings settings, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(request.ContentType) && !request.HasJsonContentType())
        {
            throw InvalidRequestException.UnsupportedContentType(request.ContentType, $"application/json: {Expected}");
        }

        JsonElement body = await request.ReadJsonAsync<JsonElement>(settings.MaxMessageLength, Expected, cancellationToken);
        (string? message, ConversationKey conversation) = Read(body, request);
        return new CopilotRequest(
            RequiredText.Check(message, "message", settings.MaxMessageLength, "Copilot:MaxMessageLength"),
            conversation);
    }

    private static (string? Message, ConversationKey Conversation) Read(JsonElement body, HttpRequest request)
    {
        try
        {
            return body.ValueKind switch
            {
                JsonValueKind.String => (body.GetString(), ConversationKey.OfCaller(request)),
                JsonValueKind.Object => (ReadText(body, "message"), ReadConversation(body, request)),
                _ => throw InvalidRequestException.BadRequest("The body is not the JSON that is expected.", $"Send {Expected}."),
            };
        }
        catch (InvalidOperationException e)
        {
            // A name or a value that is no text: bytes that are not UTF-8, or half of a surrogate pair.
            throw InvalidRequestException.BadRequest("The message is not valid text.", $"Send {Expected}.", e);
        }
    }

    private static ConversationKey ReadConversation(JsonElement body, HttpRequest request) => ReadText(body, "conversationId") is { Length: > 0 } id
        ? ConversationKey.Named(request, id)
        : ConversationKey.New(request);

    private static string? ReadText(JsonElement body, string name)
    {
        JsonElement value = body.EnumerateObject().FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            _ => throw InvalidRequestException.BadRequest(
                "The body is not the JSON that is expected.", $"{name} is not valid: it must be a text. Send {Expected}."),
        };
    }
}
