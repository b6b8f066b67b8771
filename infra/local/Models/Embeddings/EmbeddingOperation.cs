using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>Answers embedding requests.</summary>
internal sealed class EmbeddingOperation(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private readonly RateLimit _limit = RateLimit.Create(options, timeProvider);

    public async ValueTask AnswerAsync(ModelExchange exchange)
    {
        using RequestBody body = await RequestJson.ReadAsync(exchange.Http.Request, exchange.CancellationToken);
        Deployments.Check(exchange.Route, body.Json, options.EmbeddingDeployment, options.ChatDeployment);
        EmbeddingRequest request = EmbeddingRequestReader.Read(body.Json);
        exchange.Admit(_limit);

        var usage = new ModelUsage(request.PromptTokens, 0);
        exchange.Charge(_limit, usage);
        Write(exchange.Json, request, usage);
        await exchange.SendResultAsync(usage);
    }

    private void Write(Utf8JsonWriter json, EmbeddingRequest request, ModelUsage usage)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        WriteVectors(json, request);
        json.WriteEndArray();
        json.WriteString("model"u8, options.EmbeddingModel);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.PromptTokens);
        json.WriteNumber("total_tokens"u8, usage.TotalTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVectors(Utf8JsonWriter json, EmbeddingRequest request)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(TextEmbedder.Dimensions);
        Span<float> full = rented.AsSpan(0, TextEmbedder.Dimensions);
        for (int index = 0; index < request.Inputs.Count; index++)
        {
            TextEmbedder.Embed(request.Inputs[index], full);
            Span<float> vector = full[..request.Dimensions];
            UnitVector.Normalize(vector);

            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, index);
            if (request.Base64)
            {
                WriteBase64(json, vector);
            }
            else
            {
                WriteNumbers(json, vector);
            }

            json.WriteEndObject();
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private static void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        json.WriteStartArray("embedding"u8);
        foreach (float component in vector)
        {
            json.WriteNumberValue(component);
        }

        json.WriteEndArray();
    }

    private static void WriteBase64(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(vector.Length * sizeof(float));
        Span<byte> bytes = rented.AsSpan(0, vector.Length * sizeof(float));
        for (int index = 0; index < vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(index * sizeof(float))..], vector[index]);
        }

        json.WriteBase64String("embedding"u8, bytes);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
