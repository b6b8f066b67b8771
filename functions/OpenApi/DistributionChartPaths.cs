using ContosoSuites.Functions.Distribution.Chart;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>The page that shows who served what.</summary>
internal static class DistributionChartPaths
{
    private const string NoSuchRange = "The request says something that can not be served; the detail says what to send instead.";

    private const string Refusal = """{"title": "last is not valid.", "status": 400, "detail": "Send PT1H, P1D or P7D."}""";

    public static void AddTo(OpenApiDocument document) =>
        Operation.Add(
                document, "Distribution", HttpMethod.Get, "/BackendDistribution/chart", "BackendDistributionChart", "Who served what, as a page",
                "For browsers, which send the function key as code in the query. Without parameters it shows the last 24 hours.")
            .Query("last", Schema.Text("The time up to now, as an ISO 8601 duration.", values: [.. ChartRange.Names]), "PT1H")
            .Query("from", Schema.Text("Where another range begins, ISO 8601.", "date-time"), "2027-03-01T08:00:00Z")
            .Query("to", Schema.Text("Where it ends; now when absent.", "date-time"), "2027-03-01T20:00:00Z")
            .Query("bin", Schema.Text("The length of its bins, as an ISO 8601 duration."), "PT5M")
            .Answer(200, "The page.", "text/html", Schema.Text("An HTML document that needs nothing else.").Schema, "<!DOCTYPE html>...", ("ETag", ResponseHeaders.ETag))
            .Answer(304, "It is the one that the tag in If-None-Match stands for.", ("ETag", ResponseHeaders.ETag))
            .Answer(400, NoSuchRange, "text/html", Schema.Text("The same page with what to send instead, for whoever accepts pages.").Schema, "<!DOCTYPE html>...")
            .Answer(400, NoSuchRange, "application/problem+json", new OpenApiSchemaReference("Problem", document), Refusal)
            .Problem(503);
}
