using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The page for a range that is none: what is wrong with it, and the ranges to choose from.</summary>
internal static class ProblemPage
{
    /// <summary>Renders the page.</summary>
    public static string Render(FunctionProblem problem, IReadOnlyList<RangeLink> ranges, PageAssets assets)
    {
        var html = new HtmlWriter();
        ChartPage.WriteHead(html, assets, refreshSeconds: null);
        html.Write($"<body><main><header><div>");
        PageHeader.WriteTitle(html, ChartPage.Title);
        html.Write($"</div>");
        PageHeader.WriteRanges(html, ranges);
        html.Write($"""
            </header><section class="verdict bad" aria-labelledby="problem-heading"><span class="mark" aria-hidden="true">!</span>
            <div><h2 id="problem-heading">{problem.Title}</h2><p>{problem.Detail}</p></div></section></main></body></html>

            """);
        return html.ToString();
    }
}
