using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>GET api/Vectorize?text= and POST api/Vectorize: the embedding of a text.</summary>
/// <param name="kernel">The way to the models.</param>
/// <param name="settings">Section <c>Embeddings</c>.</param>
/// <param name="function">Runs the function's work.</param>
public sealed class VectorizeFunction(Kernel kernel, EmbeddingSettings settings, HttpFunction function)
{
    /// <summary>Answers a JSON array of floats: the vector, as long as the embedding deployment makes them.</summary>
    /// <param name="request">The text in the query, or in a JSON <c>{"text"}</c> or text/plain body.</param>
    [Function("Vectorize")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "post")] HttpRequest request) =>
        function.RunAsync("Vectorize", request, async (calls, cancellationToken) =>
        {
            string text = await VectorizeRequest.ReadTextAsync(request, settings, cancellationToken);
            ReadOnlyMemory<float> vector = await kernel.EmbedAsync(text, cancellationToken);
            calls.WriteServedBy(request.HttpContext.Response);
            return TypedResults.Json(vector);
        });
}
