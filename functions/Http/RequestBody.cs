using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ContosoSuites.Functions.Http;

/// <summary>Reads request bodies with a limit. What is wrong with one becomes an <see cref="InvalidRequestException"/>.</summary>
internal static class RequestBody
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a JSON body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxCharacters">The longest text that the body may carry; it limits the bytes read.</param>
    /// <param name="expected">What the body should be, for the caller who sent something else.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<T?> ReadJsonAsync<T>(this HttpRequest request, int maxCharacters, string expected, CancellationToken cancellationToken) =>
        ReadAsync(request, maxCharacters, async () =>
        {
            try
            {
                return await JsonSerializer.DeserializeAsync<T>(request.Body, Json, cancellationToken);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw InvalidRequestException.BadRequest("The body is not the JSON that is expected.", $"Send {expected}.", e);
            }
        });

    /// <summary>Reads one field of a URL-encoded or multipart form; null where it is absent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="maxCharacters">The longest text that the body may carry; it limits the bytes read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<string?> ReadFormFieldAsync(this HttpRequest request, string field, int maxCharacters, CancellationToken cancellationToken) =>
        ReadAsync(request, maxCharacters, async () =>
        {
            try
            {
                return (string?)(await request.ReadFormAsync(cancellationToken))[field];
            }
            catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
            {
                throw InvalidRequestException.BadRequest(
                    "The body is not a form that can be read.",
                    $"Send a form with the field '{field}', as application/x-www-form-urlencoded or multipart/form-data.",
                    e);
            }
        });

    /// <summary>Reads a text body, which has to be UTF-8.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxCharacters">The longest text that the body may carry; it limits the bytes read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<string> ReadTextAsync(this HttpRequest request, int maxCharacters, CancellationToken cancellationToken) =>
        ReadAsync(request, maxCharacters, async () =>
        {
            try
            {
                using var reader = new StreamReader(request.Body, StrictUtf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
                return await reader.ReadToEndAsync(cancellationToken);
            }
            catch (DecoderFallbackException e)
            {
                throw InvalidRequestException.BadRequest("The body is not UTF-8 text.", "Send the text in UTF-8.", e);
            }
        });

    /// <summary>
    /// Reads what is left of the body and forgets it. The host forwards a request to this process: were it answered while its
    /// body is still on the way, that hop would break, and its caller would get an empty 500 for an answer.
    /// </summary>
    public static async Task DrainAsync(this HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return;
        }

        try
        {
            await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It broke off, or is no valid HTTP: nothing is left of it.
        }
    }

    private static async Task<T> ReadAsync<T>(HttpRequest request, int maxCharacters, Func<Task<T>> read)
    {
        // A character takes at most 12 bytes however it is escaped; the rest is room for what stands around the text.
        long maxBytes = (12L * maxCharacters) + 4096;
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes, maxCharacters);
        }

        Stream body = request.Body;
        request.Body = new LimitedStream(body, maxBytes);
        try
        {
            return await read();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes, maxCharacters, e);
        }
        catch (IOException e)
        {
            throw InvalidRequestException.BadRequest("The body can not be read.", "The request ended early or is not valid HTTP. Send it again.", e);
        }
        finally
        {
            request.Body = body;
        }
    }

    private static InvalidRequestException TooLarge(long maxBytes, int maxCharacters, Exception? inner = null) =>
        InvalidRequestException.TooLarge(
            $"Send at most {maxBytes} bytes; that is enough for texts of {maxCharacters} characters in all.", inner);
}
