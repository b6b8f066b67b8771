using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>GET api/Vectorize?text= and POST api/Vectorize: the embedding of a text.</summary>
/// <param name="kernel">The way to the models.</param>
/// <param name="settings">Section <c>Embeddings</c>.</param>
public sealed class VectorizeFunction(Kernel kernel, EmbeddingSettings settings)
{
    /// <summary>Answers a JSON array of floats: the vector, as long as the embedding deployment makes them.</summary>
    /// <param name="request">The text in the query, or in a JSON <c>{"text"}</c> or text/plain body.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("Vectorize")]
    public async Task<Ok<ReadOnlyMemory<float>>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "post")] HttpRequest request, CancellationToken cancellationToken)
    {
        string text = await VectorizeRequest.ReadTextAsync(request, settings, cancellationToken);
        return TypedResults.Ok(await kernel.EmbedAsync(text, cancellationToken));
    }
}
