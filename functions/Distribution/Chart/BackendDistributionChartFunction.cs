using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>GET api/BackendDistribution/chart?last= (or from=&amp;to=&amp;bin=): who served what, as a page to look at.</summary>
/// <param name="reports">Makes the reports.</param>
/// <param name="chart">Makes the page.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class BackendDistributionChartFunction(DistributionReports reports, DistributionChart chart, TimeProvider timeProvider)
{
    /// <summary>Answers an HTML page that needs nothing else, with an ETag.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("BackendDistributionChart")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "BackendDistribution/chart")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        ChartRange range = ChartRange.Read(request.Query, now);
        return chart.Show(await reports.CreateAsync(range.Range, cancellationToken), range, request.Query, now);
    }
}
