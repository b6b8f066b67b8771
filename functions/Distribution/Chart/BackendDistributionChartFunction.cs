using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>GET api/BackendDistribution/chart?last= (or from=&amp;to=&amp;bin=): who served what, as a page to look at.</summary>
/// <param name="reports">Makes the reports.</param>
/// <param name="chart">Makes the page.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class BackendDistributionChartFunction(DistributionReports reports, DistributionChart chart, TimeProvider timeProvider)
{
    /// <summary>Answers an HTML page that needs nothing else, with an ETag. A range that is none is a page as well where a browser asks.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("BackendDistributionChart")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "BackendDistribution/chart")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        ChartRange range;
        try
        {
            range = ChartRange.Read(request.Query, now);
        }
        catch (InvalidRequestException e) when (AcceptsPages(request))
        {
            return await chart.RefuseAsync(e.Problem, request.Query);
        }

        DistributionReport report = await reports.CreateAsync(range.Range, cancellationToken);
        if (range.NarrowTo(report, now) is { } hour)
        {
            (range, report) = (hour, await reports.CreateAsync(hour.Range, cancellationToken));
        }

        return await chart.ShowAsync(report, range, request.Query, now);
    }

    /// <summary>Whether a browser asks, which shows its user what it gets.</summary>
    private static bool AcceptsPages(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
