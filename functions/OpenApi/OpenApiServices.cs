using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>The description of the HTTP contract.</summary>
internal static class OpenApiServices
{
    /// <summary>Adds what makes the description.</summary>
    public static void AddOpenApi(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<ApiDescription>();
}
