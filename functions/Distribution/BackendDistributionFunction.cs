using System.Text.Json;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Distribution;

/// <summary>GET api/BackendDistribution?from=&amp;to=&amp;bin=: who served what.</summary>
/// <param name="reports">Makes the reports.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class BackendDistributionFunction(DistributionReports reports, TimeProvider timeProvider)
{
    /// <summary>Answers a <see cref="DistributionReport"/>, with an ETag.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("BackendDistribution")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "BackendDistribution")] HttpRequest request, CancellationToken cancellationToken)
    {
        DistributionReport report = await reports.CreateAsync(request.Query.ReadRange(timeProvider.GetUtcNow()), cancellationToken);
        return new TaggedContent(DistributionJson.Serialize(report), "application/json; charset=utf-8");
    }
}

/// <summary>A report as JSON.</summary>
internal static class DistributionJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new IsoDurationConverter() } };

    /// <summary>The report in UTF-8.</summary>
    public static byte[] Serialize(DistributionReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Json);
}
