namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The totals that one asks for first.</summary>
internal static class KeyFigures
{
    /// <summary>Writes them.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        DistributionFigures totals = report.Totals;
        html.Write($"<dl class=\"key\">");
        WriteFigure(html, "Requests", Words.Count(totals.Requests));
        WriteFigure(html, "Succeeded", Words.Percent(totals.Requests > 0 ? (double)totals.Successes / totals.Requests : null));
        WriteFigure(html, "Failovers", Words.Count(totals.Retries));
        WriteFigure(html, "Throttled attempts", Words.Count(BarFigures.Of(report).Throttled));
        WriteFigure(html, "Tokens", Words.Count(totals.PromptTokens + totals.CompletionTokens));
        if (report.Costs is not null)
        {
            WriteFigure(html, "Cost", Words.Dollars(totals.Cost));
        }

        WriteFigure(html, "Average time", Words.Milliseconds(totals.AverageBackendMs));
        html.Write($"</dl>\n");
    }

    private static void WriteFigure(HtmlWriter html, string name, string figure) => html.Write($"<div><dt>{name}</dt><dd>{figure}</dd></div>");
}
