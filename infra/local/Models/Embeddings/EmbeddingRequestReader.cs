using System.Text.Json;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>Reads an embedding request, refusing what Azure OpenAI would refuse.</summary>
internal static class EmbeddingRequestReader
{
    private const int MaxInputs = 2048;
    private const int ContextLength = 8192;

    public static EmbeddingRequest Read(JsonElement body)
    {
        List<EmbeddingInput> inputs = ReadInputs(body.Required("input"));
        int promptTokens = 0;
        foreach (EmbeddingInput input in inputs)
        {
            int tokens = input.TokenCount;
            if (tokens > ContextLength)
            {
                throw new ModelRequestException(ModelError.ContextLengthExceeded(ContextLength, tokens, "input"));
            }

            promptTokens += tokens;
        }

        int dimensions = body.Optional("dimensions")?.PositiveInteger("dimensions") ?? TextEmbedder.Dimensions;
        if (dimensions > TextEmbedder.Dimensions)
        {
            throw new ModelRequestException(ModelError.Invalid($"'dimensions' must be at most {TextEmbedder.Dimensions}.", "dimensions"));
        }

        return new EmbeddingRequest(inputs, dimensions, ReadEncoding(body.Optional("encoding_format")), promptTokens);
    }

    private static List<EmbeddingInput> ReadInputs(JsonElement input)
    {
        if (input.ValueKind is JsonValueKind.String)
        {
            return [ReadText(input)];
        }

        int count = input.FilledArray("input").GetArrayLength();
        if (input[0].ValueKind is JsonValueKind.Number)
        {
            return [ReadTokens(input)];
        }

        if (count > MaxInputs)
        {
            throw new ModelRequestException(ModelError.Invalid($"'input' holds more than {MaxInputs} texts.", "input", "array_above_max_length"));
        }

        return
        [
            .. input.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.Array ? ReadTokens(item.FilledArray("input")) : ReadText(item)),
        ];
    }

    private static EmbeddingInput ReadText(JsonElement text)
    {
        string value = text.Text("input");
        return value.Length > 0
            ? new EmbeddingInput(value, [])
            : throw new ModelRequestException(ModelError.Invalid("'input' must not hold an empty string.", "input"));
    }

    private static EmbeddingInput ReadTokens(JsonElement tokens)
    {
        var read = new List<int>(tokens.GetArrayLength());
        foreach (JsonElement token in tokens.EnumerateArray())
        {
            if (token.ValueKind is not JsonValueKind.Number || !token.TryGetInt32(out int value) || value < 0)
            {
                throw new ModelRequestException(ModelError.InvalidType("input", "a string, tokens, or an array of either"));
            }

            read.Add(value);
        }

        return new EmbeddingInput(null, read);
    }

    private static bool ReadEncoding(JsonElement? format) => format?.Text("encoding_format") switch
    {
        null or "float" => false,
        "base64" => true,
        _ => throw new ModelRequestException(ModelError.Invalid("'encoding_format' must be float or base64.", "encoding_format")),
    };
}
