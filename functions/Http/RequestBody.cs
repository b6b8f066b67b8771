using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

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
    /// <param name="cancellationToken">The caller has left.</param>
    public static Task<T?> ReadJsonAsync<T>(this HttpRequest request, int maxCharacters, string expected, CancellationToken cancellationToken) =>
        ReadAsync(request, maxCharacters, async () =>
        {
            ThrowUnlessUtf8(request);
            try
            {
                return await JsonSerializer.DeserializeAsync<T>(request.Body, Json, CancellationToken.None);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw InvalidRequestException.BadRequest(
                    "The body is not the JSON that is expected.", $"{DescribeWrong(e as JsonException)}Send {expected}.", e);
            }
        }, cancellationToken);

    /// <summary>Reads one field of a URL-encoded or multipart form; null where it is absent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="maxCharacters">The longest text that the body may carry; it limits the bytes read.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    public static Task<string?> ReadFormFieldAsync(this HttpRequest request, string field, int maxCharacters, CancellationToken cancellationToken) =>
        ReadAsync(request, maxCharacters, async () =>
        {
            try
            {
                return (string?)(await request.ReadFormAsync(CancellationToken.None))[field];
            }
            catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
            {
                throw InvalidRequestException.BadRequest(
                    "The body is not a form that can be read.",
                    $"Send a form with the field '{field}', as application/x-www-form-urlencoded or multipart/form-data.",
                    e);
            }
        }, cancellationToken);

    /// <summary>Reads a text body, which has to be UTF-8.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxCharacters">The longest text that the body may carry; it limits the bytes read.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    public static Task<string> ReadTextAsync(this HttpRequest request, int maxCharacters, CancellationToken cancellationToken) =>
        ReadAsync(request, maxCharacters, async () =>
        {
            ThrowUnlessUtf8(request);
            try
            {
                using var reader = new StreamReader(request.Body, StrictUtf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
                return await reader.ReadToEndAsync(CancellationToken.None);
            }
            catch (DecoderFallbackException e)
            {
                throw InvalidRequestException.BadRequest("The body is not UTF-8 text.", "Send the text in UTF-8.", e);
            }
        }, cancellationToken);

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

    private static async Task<T> ReadAsync<T>(HttpRequest request, int maxCharacters, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidRequestException.UnsupportedMediaType("The body's content encoding is not supported.", "Send the body as it is, without a Content-Encoding.");
        }

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
            // Without the token: a read that is given up leaves the web server with one that never ends. The connection ends it.
            T content = await read();
            cancellationToken.ThrowIfCancellationRequested();
            return content;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes, maxCharacters, e);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            throw InvalidRequestException.Timeout("The body takes too long.", "It comes too slowly, or has stopped coming. Send it again in one go.", e);
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

    private static void ThrowUnlessUtf8(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.Charset is { HasValue: true } charset
            && !charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidRequestException.UnsupportedMediaType("The body's charset is not supported.", "Send the text in UTF-8: charset=utf-8, or no charset.");
        }
    }

    /// <summary>Which field is wrong and what it holds, or where the text stops to be JSON; empty where nothing is known.</summary>
    private static string DescribeWrong(JsonException? error)
    {
        string field = error?.Path?.TrimStart('$', '.') ?? "";
        return (error, field) switch
        {
            (null, _) or ({ LineNumber: null }, "") => "",
            (ExpectedValueException, not "") => $"{field} is not valid: {error.Message} ",
            (_, not "") => $"{field} is not valid. ",
            _ => string.Create(CultureInfo.InvariantCulture, $"It goes wrong in line {error.LineNumber + 1}. "),
        };
    }

    private static InvalidRequestException TooLarge(long maxBytes, int maxCharacters, Exception? inner = null) =>
        InvalidRequestException.TooLarge(
            $"Send at most {maxBytes} bytes; that is enough for texts of {maxCharacters} characters in all.", inner);
}

/// <summary>Reads another stream and counts: with the first byte beyond the limit it fails, as the web server's own limit does.</summary>
internal sealed class LimitedStream(Stream inner, long maxBytes) : InputStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        return _read <= maxBytes
            ? read
            : throw new BadHttpRequestException($"The body has more than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
    }
}

/// <summary>A value in JSON is not what its field holds. The message is for the caller, and quotes nothing of the body.</summary>
/// <param name="expected">What to send instead.</param>
internal sealed class ExpectedValueException(string expected) : JsonException(expected);
