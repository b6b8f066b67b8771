using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Makes the page of a report.</summary>
public sealed class DistributionChart
{
    // A collection every five minutes is seen soon enough, and a page that has not changed costs the app next to nothing.
    private const int RefreshSeconds = 30;

    private readonly PageAssets _assets = PageAssets.Load();
    private readonly ChartCollection _collection;

    internal DistributionChart(ChartCollection collection) => _collection = collection;

    internal IResult Show(DistributionReport report, ChartRange range, IQueryCollection query, DateTimeOffset now)
    {
        // Bins are whole, and the last one may not be over: what is not yet has no place on the page. To the minute, so that
        // a page without news stays the same.
        DateTimeOffset present = BinTime.Ceiling(now, TimeSpan.FromMinutes(1));
        if (report.From < present && present < report.To)
        {
            report = report with { To = present };
        }

        var view = new ChartView(report, now, _collection, range.Links(query), range.MovesOn ? RefreshSeconds : null);
        return new ChartResult(ChartPage.Render(view, _assets), _assets.ContentSecurityPolicy);
    }

    internal IResult Refuse(FunctionProblem problem, IQueryCollection query) =>
        new ChartResult(ProblemPage.Render(problem, ChartRange.LinksFrom(query, current: null), _assets), _assets.ContentSecurityPolicy, problem.Status);
}
