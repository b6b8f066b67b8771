using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Gateway;

/// <summary>What the body of a failed model call says: an error of Azure OpenAI's, <c>{"error":{"code","message"}}</c>, or one of API Management's, <c>{"statusCode","message"}</c>.</summary>
/// <param name="Code">The code of an Azure OpenAI error, or its type where it has no code; null in any other body.</param>
/// <param name="ModelMessage">The message of an Azure OpenAI error. It may quote the text that was sent: look at it, and never pass it on.</param>
/// <param name="GatewayMessage">The message of an API Management error.</param>
/// <param name="StatusCode">The status in an API Management error.</param>
internal sealed record GatewayErrorBody(string? Code, string? ModelMessage, string? GatewayMessage, int? StatusCode)
{
    private static readonly GatewayErrorBody Nothing = new(null, null, null, null);

    /// <summary>Whether it tells of an error at all.</summary>
    public bool IsError => Code is not null || ModelMessage is not null || StatusCode is not null;

    /// <summary>Whether a text is longer than the model takes. Of an embedding's input Azure says so in words only: the code is null.</summary>
    public bool IsTooLong => Code is "context_length_exceeded" or "string_above_max_length"
        || ModelMessage?.Contains("maximum context length", StringComparison.OrdinalIgnoreCase) == true
        || ModelMessage?.Contains("maximum input length", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The status that this error would have had, had it not come inside an answer with another one.</summary>
    public int Status => StatusCode ?? Code switch
    {
        "content_filter" => StatusCodes.Status400BadRequest,
        _ when IsTooLong => StatusCodes.Status400BadRequest,
        _ when int.TryParse(Code, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is >= 400 and < 600 => status,
        _ when Has("rate", "limit") || Has("too", "many") || Has("insufficient", "quota") => StatusCodes.Status429TooManyRequests,
        _ when Has("unavailable") || Has("overloaded") || Has("capacity") => StatusCodes.Status503ServiceUnavailable,
        _ when Has("timeout") => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Reads the body of a response.</summary>
    public static GatewayErrorBody Read(ClientResultException e) => e.GetRawResponse()?.Content is { } content ? Read(content.ToMemory()) : Nothing;

    /// <summary>Reads a body; one that is not JSON says nothing.</summary>
    public static GatewayErrorBody Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(json);
            return Read(body.RootElement);
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static GatewayErrorBody Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Nothing;
        }

        body.TryGetProperty("error", out JsonElement error);
        int? statusCode = body.TryGetProperty("statusCode", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int status)
            ? status
            : null;
        return new GatewayErrorBody(TextOf(error, "code") ?? TextOf(error, "type"), TextOf(error, "message"), TextOf(body, "message"), statusCode);
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;

    private bool Has(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (Code?.Contains(word, StringComparison.OrdinalIgnoreCase) != true)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>An error that came inside an answer whose status was 200, as the only way left once a stream has begun.</summary>
/// <param name="error">What it says.</param>
internal sealed class GatewayErrorException(GatewayErrorBody error) : Exception("An answer with status 200 tells of an error.")
{
    /// <summary>What it says.</summary>
    public GatewayErrorBody Error { get; } = error;
}
