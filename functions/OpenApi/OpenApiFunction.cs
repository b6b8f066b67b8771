using System.Net.Mime;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>GET api/openapi.json: the description of everything that this app serves over HTTP, for tools and people.</summary>
/// <param name="description">Makes the description.</param>
/// <param name="function">Runs the function's work.</param>
public sealed class OpenApiFunction(ApiDescription description, HttpFunction function)
{
    private const string File = "openapi.json";

    /// <summary>Answers an OpenAPI 3.1 document whose server is the address that it was asked for at.</summary>
    /// <param name="request">The request.</param>
    [Function("OpenApi")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = File)] HttpRequest request) =>
        function.RunAsync("OpenApi", request, async (_, cancellationToken) =>
        {
            string path = $"{request.PathBase}{request.Path}".TrimEnd('/');
            OpenApiDocument document = description.Create(server: path[..^(File.Length + 1)]);
            return TypedResults.Text(
                await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken), MediaTypeNames.Application.Json);
        });
}
