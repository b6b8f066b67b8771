using System.Runtime.InteropServices;
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
        var request = EmbeddingRequest.Read(body.Json);
        exchange.Admit(_limit);

        var usage = new ModelUsage(request.PromptTokens, 0);
        exchange.Charge(_limit, usage);
        JsonSerializer.Serialize(exchange.Json, new
        {
            @object = "list",
            data = request.Inputs.Select((text, index) => new { @object = "embedding", index, embedding = Embed(text, request) }),
            model = options.EmbeddingModel,
            usage = new { prompt_tokens = usage.PromptTokens, total_tokens = usage.TotalTokens },
        });
        await exchange.SendResultAsync(usage);
    }

    /// <summary>The numbers, or their bytes, which the serializer writes as base64.</summary>
    private static object Embed(string text, EmbeddingRequest request)
    {
        var full = new float[TextEmbedder.Dimensions];
        TextEmbedder.Embed(text, full);
        float[] vector = full[..request.Dimensions];
        TextEmbedder.Normalize(vector);
        return request.Base64 ? MemoryMarshal.AsBytes<float>(vector).ToArray() : vector;
    }
}
