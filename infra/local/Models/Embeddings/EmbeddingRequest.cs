using System.Text.Json;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>An embedding request, checked and read; a vector may be asked for as base64 of its bytes instead of as a list of numbers.</summary>
internal sealed record EmbeddingRequest(IReadOnlyList<string> Inputs, int Dimensions, bool Base64, int PromptTokens)
{
    private const int MaxInputs = 2048;
    private const int ContextLength = 8192;

    /// <summary>Reads a request, refusing what Azure OpenAI would refuse, and the tokens that it would take in place of a text.</summary>
    public static EmbeddingRequest Read(JsonElement body)
    {
        JsonElement input = body.Required("input");
        string[] texts = input.ValueKind is JsonValueKind.String ? [ReadText(input)]
            : input.FilledArray("input").GetArrayLength() <= MaxInputs ? [.. input.EnumerateArray().Select(ReadText)]
            : throw new ModelRequestException(ModelError.Invalid($"'input' holds more than {MaxInputs} texts.", "input", "array_above_max_length"));
        int[] tokens = [.. texts.Select(text => TokenCounter.Count(text))];
        int dimensions = body.Optional("dimensions")?.PositiveInteger("dimensions") ?? TextEmbedder.Dimensions;
        bool base64 = body.Optional("encoding_format")?.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw new ModelRequestException(ModelError.Invalid("'encoding_format' must be float or base64.", "encoding_format")),
        };
        return tokens.Max() > ContextLength ? throw new ModelRequestException(ModelError.InputTooLong(ContextLength, tokens.Max()))
            : dimensions > TextEmbedder.Dimensions
            ? throw new ModelRequestException(ModelError.Invalid($"'dimensions' must be at most {TextEmbedder.Dimensions}.", "dimensions"))
            : new EmbeddingRequest(texts, dimensions, base64, tokens.Sum());
    }

    private static string ReadText(JsonElement input) => input.Text("input") is { Length: > 0 } text
        ? text
        : throw new ModelRequestException(ModelError.Invalid("'input' must not hold an empty string.", "input"));
}
