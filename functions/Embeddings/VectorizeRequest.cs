using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>The JSON form of a text to embed.</summary>
/// <param name="Text">The text.</param>
internal sealed record VectorizeRequest(string? Text)
{
    /// <summary>Reads the text from the query (GET), or from a JSON or text body (POST).</summary>
    /// <exception cref="InvalidRequestException">None of them, or no usable text.</exception>
    public static async Task<string> ReadTextAsync(HttpRequest request, EmbeddingSettings settings, CancellationToken cancellationToken)
    {
        string? text;
        if (HttpMethods.IsGet(request.Method))
        {
            text = request.Query.ReadText("text");
        }
        else if (request.HasJsonContentType())
        {
            text = (await request.ReadJsonAsync<VectorizeRequest>(settings.MaxTextLength, """{"text": "..."}""", cancellationToken))?.Text;
        }
        else if (request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true)
        {
            text = await request.ReadTextAsync(settings.MaxTextLength, cancellationToken);
        }
        else
        {
            throw InvalidRequestException.UnsupportedContentType(request.ContentType, """text/plain, or application/json such as {"text": "..."}""");
        }

        return RequiredText.Check(text, "text", settings.MaxTextLength, "Embeddings:MaxTextLength");
    }
}
