using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>GET api/Vectorize?text= and POST api/Vectorize: the embedding of a text.</summary>
/// <param name="kernel">The way to the models.</param>
/// <param name="settings">Section <c>Embeddings</c>.</param>
/// <param name="modelCalls">Names the function on its model calls.</param>
/// <param name="problems">Describes failed model calls.</param>
public sealed class VectorizeFunction(Kernel kernel, EmbeddingSettings settings, ModelCalls modelCalls, GatewayProblems problems)
{
    /// <summary>Answers a JSON array of floats: the vector, as long as the embedding deployment makes them.</summary>
    /// <param name="request">The text in the query, or in a JSON <c>{"text"}</c> or text/plain body.</param>
    [Function("Vectorize")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "post")] HttpRequest request)
    {
        CancellationToken cancellationToken = request.HttpContext.RequestAborted;
        using ModelCallScope calls = modelCalls.Begin("Vectorize");
        try
        {
            string text = await VectorizeRequest.ReadTextAsync(request, settings, cancellationToken);
            ReadOnlyMemory<float> vector = await kernel.EmbedAsync(text, cancellationToken);
            request.HttpContext.Response.Headers[ModelCallScope.ServedByHeader] = string.Join(", ", calls.ServedBy);
            return TypedResults.Json(vector);
        }
        catch (InvalidRequestException e)
        {
            return e.ToProblem();
        }
        catch (Exception e) when (problems.TryDescribe(e, request.HttpContext, out GatewayProblem problem))
        {
            return problem;
        }
    }
}
