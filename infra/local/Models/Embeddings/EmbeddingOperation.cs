using System.Runtime.InteropServices;
using System.Text.Json;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Embeddings;

internal sealed class EmbeddingOperation(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private const int MaxInputs = 2048;
    private const int ContextLength = 8192;

    private readonly RateLimit _limit = new(options, timeProvider);

    public async ValueTask AnswerAsync(ModelExchange exchange)
    {
        (string[] inputs, int dimensions, bool base64) = await RequestJson.ReadAsync(exchange.Http.Request, body =>
        {
            exchange.CheckDeployment(body, options.EmbeddingDeployment, options.ChatDeployment);
            return (ReadInputs(body.Required("input")), ReadDimensions(body.Optional("dimensions")), IsBase64(body.Optional("encoding_format")));
        });
        var usage = new ModelUsage(inputs.Sum(CountTokens), 0);
        exchange.Admit(_limit);
        exchange.Charge(_limit, usage);
        JsonSerializer.Serialize(exchange.Json, new
        {
            @object = "list",
            data = inputs.Select((text, index) => new { @object = "embedding", index, embedding = Embed(text, dimensions, base64) }),
            model = options.EmbeddingModel,
            usage = new { prompt_tokens = usage.PromptTokens, total_tokens = usage.TotalTokens },
        });
        await exchange.SendResultAsync(usage);
    }

    /// <summary>The texts; the tokens that Azure OpenAI would take in their place are refused.</summary>
    private static string[] ReadInputs(Field input) =>
        [.. (input.Json.ValueKind is JsonValueKind.String ? [input] : input.Items(MaxInputs)).Select(item => item.Text() is { Length: > 0 } text
            ? text
            : throw new ModelRequestException("'input' must not hold an empty string.", "input"))];

    private static int ReadDimensions(Field? field) => (field?.PositiveInteger() ?? TextEmbedder.Dimensions) is <= TextEmbedder.Dimensions and var dimensions
        ? dimensions
        : throw new ModelRequestException($"'dimensions' must be at most {TextEmbedder.Dimensions}.", "dimensions");

    private static bool IsBase64(Field? format) => format?.Text() switch
    {
        null or "float" => false,
        "base64" => true,
        _ => throw new ModelRequestException("'encoding_format' must be float or base64.", "encoding_format"),
    };

    /// <summary>The tokens of a text. Of one that is too long to embed, Azure OpenAI says so without a code.</summary>
    private static int CountTokens(string text) => TokenCounter.Count(text) is <= ContextLength and var tokens
        ? tokens
        : throw new ModelRequestException(ModelError.ContextLengthExceeded(ContextLength, TokenCounter.Count(text), param: null, code: null));

    /// <summary>The numbers, or their bytes, which the serializer writes as base64.</summary>
    private static object Embed(string text, int dimensions, bool base64)
    {
        var full = new float[TextEmbedder.Dimensions];
        TextEmbedder.Embed(text, full);
        float[] vector = full[..dimensions];
        TextEmbedder.Normalize(vector);
        return base64 ? MemoryMarshal.AsBytes<float>(vector).ToArray() : vector;
    }
}
