using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Chat;

/// <summary>The JSON form of a chat request; the dashboard sends a form with the same field.</summary>
/// <param name="Message">What the user says.</param>
internal sealed record ChatRequest(string? Message)
{
    /// <summary>Reads the message from a form field or from JSON.</summary>
    /// <exception cref="InvalidRequestException">Neither of them, or no usable message.</exception>
    public static async Task<string> ReadMessageAsync(HttpRequest request, ChatSettings settings, CancellationToken cancellationToken)
    {
        string? message;
        if (request.HasFormContentType)
        {
            message = await request.ReadFormFieldAsync("message", settings.MaxMessageLength, cancellationToken);
        }
        else if (request.HasJsonContentType())
        {
            message = (await request.ReadJsonAsync<ChatRequest>(settings.MaxMessageLength, """{"message": "..."}""", cancellationToken))?.Message;
        }
        else
        {
            throw InvalidRequestException.UnsupportedContentType(
                request.ContentType, """a form with the field 'message', or application/json such as {"message": "..."}""");
        }

        return RequiredText.Check(message, "message", settings.MaxMessageLength, "Chat:MaxMessageLength");
    }
}
