using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Health;

/// <summary>What is reachable, dependency by dependency.</summary>
internal static class HealthServices
{
    /// <summary>Registers the checks that GET api/health runs.</summary>
    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        // As little as the model calls: something in the gateway's place that redirects is not the gateway.
        builder.Services.AddHttpClient<ApiManagementHealthCheck>()
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) => handler.AllowAutoRedirect = false);
        builder.Services.AddHealthChecks()
            .AddCheck<ApiManagementHealthCheck>("apiManagement", timeout: TimeSpan.FromSeconds(5))
            .AddCheck<StorageHealthCheck>("storage", timeout: TimeSpan.FromSeconds(5))
            .AddCheck<BackendDistributionHealthCheck>("backendDistribution", timeout: TimeSpan.FromSeconds(5));
    }
}
