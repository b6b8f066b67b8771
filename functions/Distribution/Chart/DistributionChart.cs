using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Makes the page of a report.</summary>
public sealed class DistributionChart
{
    // A collection every five minutes is seen soon enough, and a page that has not changed costs the app next to nothing.
    private const int RefreshSeconds = 30;

    private readonly ChartCollection _collection;
    private readonly PageAssets _assets;
    private readonly IServiceProvider _services;
    private readonly ILoggerFactory _loggers;

    internal DistributionChart(ChartCollection collection, PageAssets assets, IServiceProvider services, ILoggerFactory loggers) =>
        (_collection, _assets, _services, _loggers) = (collection, assets, services, loggers);

    internal async Task<IResult> ShowAsync(DistributionReport report, ChartRange range, IQueryCollection query, DateTimeOffset now)
    {
        // Bins are whole, and the last one may not be over: what is not yet has no place on the page. To the minute, so that
        // a page without news stays the same.
        DateTimeOffset present = BinTime.Ceiling(now, TimeSpan.FromMinutes(1));
        if (report.From < present && present < report.To)
        {
            report = report with { To = present };
        }

        var view = new ChartView(report, now, _collection, range.Links(query), range.MovesOn ? RefreshSeconds : null);
        return new ChartResult(await RenderAsync(view), _assets.ContentSecurityPolicy);
    }

    internal async Task<IResult> RefuseAsync(FunctionProblem problem, IQueryCollection query)
    {
        string page = await RenderAsync<ProblemPage>(new Dictionary<string, object?>
        {
            [nameof(ProblemPage.Problem)] = problem,
            [nameof(ProblemPage.Ranges)] = ChartRange.LinksFrom(query, current: null),
        });
        return new ChartResult(page, _assets.ContentSecurityPolicy, problem.Status);
    }

    internal Task<string> RenderAsync(ChartView view) => RenderAsync<ChartPage>(new Dictionary<string, object?> { [nameof(ChartPage.View)] = view });

    private async Task<string> RenderAsync<TPage>(IDictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // One for each page: a renderer keeps what it has rendered until it is disposed of.
        await using AsyncServiceScope scope = _services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, _loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
