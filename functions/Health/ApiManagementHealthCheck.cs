using ContosoSuites.Functions.Gateway;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ContosoSuites.Functions.Health;

/// <summary>
/// Asks API Management's own health endpoint, <c>/status-0123456789abcdef</c>, which every gateway serves without a key and
/// without a model call.
/// </summary>
internal sealed class ApiManagementHealthCheck(HttpClient client, ApiManagementOptions options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var address = new Uri(new Uri(options.Endpoint), "/status-0123456789abcdef");
        try
        {
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy("The gateway answers.")
                : HealthCheckResult.Unhealthy($"The gateway's health endpoint answered {(int)response.StatusCode}. Check ApiManagement:Endpoint.");
        }
        catch (HttpRequestException e)
        {
            return HealthCheckResult.Unhealthy("The gateway can not be reached. Check ApiManagement:Endpoint.", e);
        }
    }
}
