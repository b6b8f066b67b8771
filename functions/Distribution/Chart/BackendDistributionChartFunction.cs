using System.Text;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>GET api/BackendDistribution/chart?last= (or from=&amp;to=&amp;bin=): who served what, as a page to look at.</summary>
/// <param name="reports">Makes the reports.</param>
/// <param name="logAnalytics">Whether the app collects.</param>
/// <param name="configuration">Has the schedule that the timer's trigger names; the app's own code has no other use for it.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class BackendDistributionChartFunction(
    DistributionReports reports, LogAnalyticsSettings logAnalytics, IConfiguration configuration, TimeProvider timeProvider)
{
    // A collection every five minutes is seen soon enough, and a page that has not changed costs the app next to nothing.
    private const int RefreshSeconds = 30;

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
        catch (InvalidRequestException e) when (request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            // A browser, which shows its user what it gets.
            return await AnswerAsync<ProblemPage>(request.HttpContext, e.Problem.Status, new()
            {
                [nameof(ProblemPage.Problem)] = e.Problem,
                [nameof(ProblemPage.Ranges)] = ChartRange.Links(request.Query, current: null),
            });
        }

        DistributionReport report = await reports.CreateAsync(range.Range, cancellationToken);
        if (range.NarrowTo(report, now) is { } hour)
        {
            (range, report) = (hour, await reports.CreateAsync(hour.Range, cancellationToken));
        }

        // Bins are whole, and the last one may not be over: what is not yet has no place on the page. To the minute, so that
        // a page without news stays the same.
        DateTimeOffset present = BinTime.Ceiling(now, TimeSpan.FromMinutes(1));
        report = report.From < present && present < report.To ? report with { To = present } : report;

        string? schedule = logAnalytics.IsConfigured ? configuration["BackendDistributionSchedule"] : null;
        var view = new ChartView(report, now, schedule, ChartRange.Links(request.Query, range.Last), range.MovesOn ? RefreshSeconds : null);
        return await AnswerAsync<ChartPage>(request.HttpContext, StatusCodes.Status200OK, new() { [nameof(ChartPage.View)] = view });
    }

    /// <summary>A page with the headers that shut it off from everything else; under status 200 with a tag, or 304 where the browser has it.</summary>
    internal static async Task<IResult> AnswerAsync<TPage>(HttpContext context, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        string page = await RenderAsync<TPage>(context.RequestServices, parameters);
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Document.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";

        // The page's address may hold a function key.
        headers["Referrer-Policy"] = "no-referrer";
        return status == StatusCodes.Status200OK
            ? new TaggedContent(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8")
            : TypedResults.Content(page, "text/html", Encoding.UTF8, status);
    }

    /// <summary>A page as text. The services are those of a scope, as what renders components wants it.</summary>
    internal static async Task<string> RenderAsync<TPage>(IServiceProvider services, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // One for each page: a renderer keeps what it has rendered until it is disposed of.
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
