using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>GET api/openapi.json: the description of everything that this app serves over HTTP, for tools and people.</summary>
/// <param name="description">Makes the description.</param>
public sealed class OpenApiFunction(ApiDescription description)
{
    private const string File = "openapi.json";

    /// <summary>Answers an OpenAPI 3.1 document whose server is the address that it was asked for at.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("OpenApi")]
    public async Task<ContentHttpResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = File)] HttpRequest request, CancellationToken cancellationToken)
    {
        string path = $"{request.PathBase}{request.Path}".TrimEnd('/');
        OpenApiDocument document = description.Create(server: path[..^(File.Length + 1)]);
        return TypedResults.Text(
            await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken), MediaTypeNames.Application.Json);
    }
}

/// <summary>The description of the HTTP contract.</summary>
internal static class OpenApiServices
{
    /// <summary>Adds what makes the description.</summary>
    public static void AddOpenApi(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<ApiDescription>();
}
