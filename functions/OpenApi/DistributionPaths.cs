using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Chart;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Who served what.</summary>
internal static class DistributionPaths
{
    private const string Tag = "Backend distribution";

    private const string Nothing =
        """{"requests": 0, "successes": 0, "throttled": 0, "clientErrors": 0, "serverErrors": 0, "unanswered": 0, "retries": 0, "promptTokens": 0, "completionTokens": 0, "cost": 0, "averageBackendMs": null, "p95BackendMs": null}""";

    private const string Primary =
        """{"requests": 40, "successes": 40, "throttled": 3, "clientErrors": 0, "serverErrors": 0, "unanswered": 0, "retries": 3, "promptTokens": 9120, "completionTokens": 2210, "cost": 0.0184635, "averageBackendMs": 640.5, "p95BackendMs": 1310}""";

    private const string Secondary =
        """{"requests": 160, "successes": 160, "throttled": 0, "clientErrors": 0, "serverErrors": 0, "unanswered": 0, "retries": 0, "promptTokens": 36480, "completionTokens": 8840, "cost": 0.073854, "averageBackendMs": 655.1, "p95BackendMs": 1302}""";

    private const string Total =
        """{"requests": 200, "successes": 200, "throttled": 3, "clientErrors": 0, "serverErrors": 0, "unanswered": 0, "retries": 3, "promptTokens": 45600, "completionTokens": 11050, "cost": 0.0923175, "averageBackendMs": 652.2, "p95BackendMs": 1310}""";

    private const string Explanation =
        "openai-primary (swedencentral) served 40 of the 200 requests of priority 1: 20.0 % where its weight says 50.0 %. openai-primary (swedencentral) answered 3 attempts with 429, and the circuit breaker then kept requests away until Retry-After had passed.";

    private const string Report =
        $$"""
        {
          "from": "2027-03-01T12:00:00+00:00", "to": "2027-03-01T12:10:00+00:00", "bin": "PT5M", "collectedUpTo": "2027-03-01T12:09:30+00:00",
          "totals": {{Total}},
          "backends": [
            {
              "backend": "openai-primary", "region": "swedencentral", "priority": 1, "weight": 50, "share": 0.2, "figures": {{Primary}},
              "deployments": {"gpt-5.4-mini": {{Primary}}},
              "series": [{"start": "2027-03-01T12:00:00+00:00", "figures": {{Primary}}}, {"start": "2027-03-01T12:05:00+00:00", "figures": {{Nothing}}}]
            },
            {
              "backend": "openai-secondary", "region": "francecentral", "priority": 1, "weight": 50, "share": 0.8, "figures": {{Secondary}},
              "deployments": {"gpt-5.4-mini": {{Secondary}}},
              "series": [{"start": "2027-03-01T12:00:00+00:00", "figures": {{Nothing}}}, {"start": "2027-03-01T12:05:00+00:00", "figures": {{Secondary}}}]
            }
          ],
          "priorityGroups": [
            {
              "priority": 1, "requests": 200, "failover": null,
              "backends": [
                {"backend": "openai-primary", "requests": 40, "expectedShare": 0.5, "share": 0.2},
                {"backend": "openai-secondary", "requests": 160, "expectedShare": 0.5, "share": 0.8}
              ],
              "skew": [{"backend": "openai-primary", "expectedShare": 0.5, "share": 0.2, "cause": "throttled", "explanation": "{{Explanation}}"}]
            }
          ],
          "tokensByFunction": [{"function": "MaintenanceCopilotChat", "tokens": 56650, "cost": 0.0923175, "pricedCalls": 200, "unpricedTokens": 0}],
          "costs": {"prices": {"gpt-5.4-mini": {"prompt": 0.825, "completion": 4.95} }, "unpriced": [], "days": [{"day": "2027-03-01", "cost": 0.0923175}]}
        }
        """;

    public static void AddTo(OpenApiDocument document)
    {
        AddFigures(document);
        AddJudgement(document);
        AddCosts(document);
        AddReport(document);
        Operation.Add(
                document, Tag, HttpMethod.Get, "/BackendDistribution", "BackendDistribution", "Which backend served what, and whether the load is spread as configured",
                "The range is widened to whole bins, which are counted from midnight UTC of a Monday. The figures come from the gateway's logs, some minutes after the fact; collectedUpTo tells until when.")
            .Query("from", Schema.Text("The start: a day or a moment, in UTC without an offset; a day before to when absent.").Optional, "2027-03-01")
            .Query("to", Schema.Text("The end; now when absent.").Optional, "2027-03-02T08:00:00Z")
            .Query(
                "bin",
                Schema.Text($"The length of the series' bins in ISO 8601, a multiple of PT1M; one that is good to read when absent. A range has at most {DistributionRangeQuery.MaxBins} bins.").Optional,
                "PT1H")
            .Answer(200, "The figures.", new OpenApiSchemaReference("BackendDistribution", document), Report, ("ETag", ResponseHeaders.ETag))
            .Answer(304, "They are those that the tag in If-None-Match stands for.", ("ETag", ResponseHeaders.ETag))
            .Problem(400, 503);
    }

    private static void AddFigures(OpenApiDocument document) => document.AddComponent<IOpenApiSchema>("DistributionFigures", Schema.Object(
        "What happened at a backend, in a bin, or in all.",
        ("requests", Schema.Count("Requests that ended here: each counts once, whatever its retries.")),
        ("successes", Schema.Count("Those that were answered with 2xx.")),
        ("throttled", Schema.Count("Attempts answered with 429.")),
        ("clientErrors", Schema.Count("Attempts answered with another 4xx that is the caller's own.")),
        ("serverErrors", Schema.Count("Attempts answered with 408, 499 or 5xx.")),
        ("unanswered", Schema.Count("Attempts without an answer.")),
        ("retries", Schema.Count("Failed attempts that were tried again.")),
        ("promptTokens", Schema.Count("Tokens of the prompts.")),
        ("completionTokens", Schema.Count("Tokens of the answers.")),
        ("cost", Schema.Number("What the tokens cost, in US dollars, as far as their deployments have prices in the settings; null where none has.", 0).OrNull()),
        ("averageBackendMs", Schema.Number("Mean backend time; null without requests.", 0).OrNull()),
        ("p95BackendMs", Schema.Number("The highest 95th percentile of the stored minutes; null without requests.", 0).OrNull())));

    private static void AddJudgement(OpenApiDocument document)
    {
        Schema.Property cause = Schema.Text(
            "The likely cause.", values: [SkewCause.Throttled, SkewCause.BreakerOpen, SkewCause.Unreachable, SkewCause.Unknown]);
        Schema.Property explanation = Schema.Text("The same for people, with the next step.");
        document.AddComponent<IOpenApiSchema>("Failover", Schema.Object(
            "Use of a group although others come before it.",
            ("requests", Schema.Count("The requests that it served.")),
            ("share", Schema.Number("Their share of all groups' requests.", 0, 1)),
            ("cause", cause),
            ("explanation", explanation)));
        document.AddComponent<IOpenApiSchema>("PriorityGroup", Schema.Object(
            "The shares within a priority group.",
            ("priority", Schema.WholeNumber("The group; lower numbers come first.")),
            ("requests", Schema.Count("Requests that ended with one of its backends.")),
            ("failover", new Schema.Property(new OpenApiSchemaReference("Failover", document)).OrNull()),
            ("backends", Schema.List("Each backend's share.", Schema.Object(
                "A backend's share of its group.",
                ("backend", Schema.Text("Its name.")),
                ("requests", Schema.Count("Its requests.")),
                ("expectedShare", Schema.Number("What the weights say.", 0, 1)),
                ("share", Schema.Number("What was observed; null without requests.", 0, 1).OrNull())))),
            ("skew", Schema.List("Deviations that chance does not explain; empty when the load is spread as configured.", Schema.Object(
                "A share that deviates by at least 5 points and by more than chance explains (99.9 %).",
                ("backend", Schema.Text("The backend's name.")),
                ("expectedShare", Schema.Number("What the weights say.", 0, 1)),
                ("share", Schema.Number("What was observed.", 0, 1)),
                ("cause", cause),
                ("explanation", explanation))))));
    }

    private static void AddReport(OpenApiDocument document)
    {
        var figures = new OpenApiSchemaReference("DistributionFigures", document);
        document.AddComponent<IOpenApiSchema>("BackendDistribution", Schema.Object(
            "Who served what.",
            ("from", Schema.Text("Where the first bin begins.", "date-time")),
            ("to", Schema.Text("Where the last bin ends.", "date-time")),
            ("bin", Schema.Text("The length of a bin, ISO 8601.")),
            ("collectedUpTo", Schema.Text("Until when the logs have been read; null before the first collection.", "date-time").OrNull()),
            ("totals", new Schema.Property(figures)),
            ("backends", Schema.List("The configured backends, then others that the logs name.", Schema.Object(
                "A backend.",
                ("backend", Schema.Text("Its name; empty for requests that reached no backend.")),
                ("region", Schema.Text("Where it stands; null when it is not configured.").OrNull()),
                ("priority", Schema.WholeNumber("Its priority group; null when it is not configured.").OrNull()),
                ("weight", Schema.WholeNumber("Its weight in the group; null when it is not configured.").OrNull()),
                ("share", Schema.Number("Its share of all requests.", 0, 1)),
                ("figures", new Schema.Property(figures)),
                ("deployments", Schema.Map("Its figures by deployment.", figures)),
                ("series", Schema.List("Every bin of the range in order.", Schema.Object(
                    "A bin.",
                    ("start", Schema.Text("Where it begins.", "date-time")),
                    ("figures", new Schema.Property(figures)))))))),
            ("priorityGroups", Schema.List("The groups, first ones first.", new OpenApiSchemaReference("PriorityGroup", document))),
            ("tokensByFunction", Schema.List("Tokens by calling function, most first.", Schema.Object(
                "What a function has used.",
                ("function", Schema.Text("The function; empty for calls that name none.")),
                ("tokens", Schema.Count("Prompt and answer together.")),
                ("cost", Schema.Number("What they cost, in US dollars, as far as they have a price; null where none has.", 0).OrNull()),
                ("pricedCalls", Schema.Count("The model calls that have cost this; null without prices in the settings.").OrNull()),
                ("unpricedTokens", Schema.Count(
                    "Those of the tokens that are not in the cost: of deployments without a price, or collected before prompt and answer were told apart by function. Null without prices.").OrNull())))),
            ("costs", new Schema.Property(new OpenApiSchemaReference("Costs", document)).OrNull())));
    }

    private static void AddCosts(OpenApiDocument document) => document.AddComponent<IOpenApiSchema>("Costs", Schema.Object(
        "What it cost by day, and what every cost in the answer rests on; null without prices in the settings.",
        ("prices", Schema.Map("The prices by deployment, as they are set now. What was used before they changed is priced by them too.", Schema.Object(
            "US dollars per million tokens.",
            ("prompt", Schema.Number("Of the prompts.", 0)),
            ("completion", Schema.Number("Of the answers.", 0))))),
        ("unpriced", Schema.List("Deployments that used tokens in the range and have no price. No cost has them in it.", Schema.Text("A deployment.").Schema)),
        ("days", Schema.List("The days on which tokens were used, in order. Of a day that the range cuts it is only as much.", Schema.Object(
            "A day.",
            ("day", Schema.Text("The day, UTC.", "date")),
            ("cost", Schema.Number("US dollars; null where nothing that was used has a price.", 0).OrNull()))))));
}

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
