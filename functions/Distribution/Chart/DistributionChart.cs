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
        var view = new ChartView(report, now, _collection, range.Links(query), range.MovesOn ? RefreshSeconds : null);
        return new ChartResult(ChartPage.Render(view, _assets), _assets.ContentSecurityPolicy);
    }
}
