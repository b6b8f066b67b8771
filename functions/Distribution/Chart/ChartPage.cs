namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// The page that shows who served what: one HTML document that needs nothing else. Labels and figures are HTML, so that they
/// wrap and keep their size on a phone; SVG draws what is between them, across in percent and down in pixels, so that nothing
/// is scaled. Every figure that is drawn is also in a table.
/// </summary>
internal static class ChartPage
{
    /// <summary>The page's name.</summary>
    public const string Title = "Who served what";

    /// <summary>Renders the page.</summary>
    public static string Render(ChartView view, PageAssets assets)
    {
        var html = new HtmlWriter();
        WriteHead(html, assets, view.RefreshSeconds);
        WriteBody(html, view);
        html.Write($"<script>");
        html.WriteMarkup(assets.Script);
        html.Write($"</script></body></html>\n");
        return html.ToString();
    }

    /// <summary>Writes what stands before the body.</summary>
    public static void WriteHead(HtmlWriter html, PageAssets assets, int? refreshSeconds)
    {
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{Title} · Contoso Suites</title>
            <link rel="icon" href="{PageAssets.Icon}"/>
            <style>
            """);
        html.WriteMarkup(assets.Style);
        html.Write($"</style>");
        if (refreshSeconds is { } seconds)
        {
            html.Write($"<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"/></noscript>");
        }

        html.Write($"</head>\n");
    }

    private static void WriteBody(HtmlWriter html, ChartView view)
    {
        html.Write($"<body><main");
        if (view.RefreshSeconds is { } seconds)
        {
            html.Write($" data-refresh=\"{seconds}\"");
        }

        html.Write($">");
        PageHeader.Write(html, Title, view);
        if (EmptyState.Applies(view.Report))
        {
            EmptyState.Write(html, view);
        }
        else
        {
            WriteCharts(html, view.Report);
        }

        html.Write($"</main>");
    }

    private static void WriteCharts(HtmlWriter html, DistributionReport report)
    {
        TimeBars bars = TimeBars.Of(report);
        BackendFills.WriteDefinitions(html, report.Backends);
        Verdict.Write(html, report);
        KeyFigures.Write(html, report);
        RequestsOverTime.Write(html, report, bars);
        html.Write($"<div class=\"columns\">");
        ShareBars.Write(html, report);
        TokenBars.Write(html, report);
        html.Write($"</div>");
        CostBars.Write(html, report);
        FailureStrips.Write(html, report, bars);
        BackendTable.Write(html, report);
        BarTable.Write(html, report, bars);
    }
}
