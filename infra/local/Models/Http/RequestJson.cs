using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;

namespace ContosoSuites.Local.Models.Http;

/// <summary>Reads a request's JSON body.</summary>
internal static class RequestJson
{
    /// <summary>
    /// Reads the whole body as one JSON object, all of whose strings can be decoded: nobody has to expect a broken
    /// string later on.
    /// </summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new ModelRequestException(ModelError.UnsupportedMediaType);
        }

        PipeReader reader = request.BodyReader;
        ReadResult result = await reader.ReadAsync(cancellationToken);
        while (!result.IsCompleted)
        {
            // Nothing consumed, everything looked at: the bytes stay where they are and more are read behind them.
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            result = await reader.ReadAsync(cancellationToken);
        }

        try
        {
            JsonDocument document = Parse(result.Buffer.IsSingleSegment ? result.Buffer.First : result.Buffer.ToArray());
            return new RequestBody(document, reader, result.Buffer.End);
        }
        catch
        {
            reader.AdvanceTo(result.Buffer.End);
            throw;
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw new ModelRequestException(ModelError.Invalid("The request body is not valid UTF-8.", code: "invalid_json"));
        }

        try
        {
            CheckEscapes(body.Span);
            JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException e)
        {
            throw new ModelRequestException(ModelError.Invalid(
                "We could not parse the JSON body of your request: "
                + $"it breaks off or goes wrong at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.",
                code: "invalid_json"));
        }

        throw new ModelRequestException(ModelError.Invalid("The request body must be a JSON object.", code: "invalid_json"));
    }

    /// <summary>Half of a surrogate pair written as an escape is valid JSON that no string can hold.</summary>
    private static void CheckEscapes(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
            {
                try
                {
                    _ = reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    throw new ModelRequestException(ModelError.Invalid(
                        "The request body holds a string with half of a surrogate pair.", code: "invalid_json"));
                }
            }
        }
    }
}
