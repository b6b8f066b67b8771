using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ContosoSuites.Functions.Health;

/// <summary>GET api/health: what is reachable. Anonymous, so it tells states and settings' names, never addresses or keys.</summary>
/// <param name="checks">The registered checks.</param>
public sealed class HealthFunction(HealthCheckService checks)
{
    /// <summary>The function's name.</summary>
    public const string Name = "Health";

    /// <summary>200 when everything is reachable, 503 otherwise; the body has one entry a dependency.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function(Name)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        HealthReport report = await checks.CheckHealthAsync(cancellationToken);
        var body = new
        {
            Status = report.Status.ToString(),
            Checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new
                {
                    Status = entry.Value.Status.ToString(),
                    entry.Value.Description,
                    Milliseconds = Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
                }),
        };
        return TypedResults.Json(body, statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
