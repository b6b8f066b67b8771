namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The figures of the charts over time, bar by bar, the tokens by function, and the costs, as tables that can be unfolded.</summary>
internal static class BarTable
{
    private const string Id = "figures";

    /// <summary>Writes the tables.</summary>
    public static void Write(HtmlWriter html, DistributionReport report, TimeBars bars)
    {
        html.Write($"<details class=\"card\" id=\"{Id}\"><summary id=\"{Id}-summary\">Figures by time and by function</summary>");
        FigureTable.Begin(
            html, $"{Id}-bars", $"By {Words.Duration(bars.Length)}, UTC; backends without any attempt in it are left out", 2,
            "From", "Backend", "Requests", "Throttled", "Token limit", "Server errors", "No answer", "Failovers");
        foreach (TimeBar bar in bars.Bars)
        {
            WriteBar(html, report, bar);
        }

        FigureTable.End(html);
        FigureTable.Begin(html, $"{Id}-functions", "Tokens by function", 1, "Function", "Tokens");
        foreach (FunctionTokens function in report.TokensByFunction)
        {
            html.Write($"<tr><th scope=\"row\"><bdi>{Words.Function(function.Function)}</bdi></th><td>{Words.Count(function.Tokens)}</td></tr>");
        }

        FigureTable.End(html);
        if (report.Costs is { } costs)
        {
            WriteCosts(html, report, costs.Days);
        }

        html.Write($"</details>\n");
    }

    private static void WriteCosts(HtmlWriter html, DistributionReport report, IReadOnlyList<DayCost> days)
    {
        FigureTable.Begin(html, $"{Id}-backend-costs", "Cost by backend", 1, "Backend", "Cost");
        foreach (BackendReport backend in report.Backends)
        {
            html.Write($"<tr><th scope=\"row\"><bdi>{Words.Backend(backend.Backend)}</bdi></th><td>{Words.Dollars(backend.Figures.Cost)}</td></tr>");
        }

        FigureTable.End(html);
        FigureTable.Begin(html, $"{Id}-function-costs", "Cost by function", 1, "Function", "Cost", "Model calls", "Tokens without a price");
        foreach (FunctionTokens function in report.TokensByFunction)
        {
            html.Write($"<tr><th scope=\"row\"><bdi>{Words.Function(function.Function)}</bdi></th>");
            FigureTable.WriteCells(html, Words.Dollars(function.Cost), Words.Count(function.PricedCalls ?? 0), Words.Count(function.UnpricedTokens ?? 0));
            html.Write($"</tr>");
        }

        FigureTable.End(html);
        FigureTable.Begin(html, $"{Id}-days", "Cost by day, UTC", 1, "Day", "Cost");
        foreach (DayCost day in days)
        {
            html.Write($"<tr><th scope=\"row\">{Words.Date(day.Day)}</th><td>{Words.Dollars(day.Cost)}</td></tr>");
        }

        FigureTable.End(html);
    }

    private static void WriteBar(HtmlWriter html, DistributionReport report, TimeBar bar)
    {
        string start = Words.Moment(bar.Start);
        for (int i = 0; i < bar.Backends.Length; i++)
        {
            BarFigures figures = bar.Backends[i];
            if (!figures.IsEmpty)
            {
                html.Write($"<tr><th scope=\"row\">{start}</th><td class=\"text\"><bdi>{Words.Backend(report.Backends[i].Backend)}</bdi></td>");
                FigureTable.WriteCells(
                    html, Words.Count(figures.Requests), Words.Count(figures.Throttled), Words.Count(figures.Limited), Words.Count(figures.ServerErrors),
                    Words.Count(figures.Unanswered), Words.Count(figures.Retries));
                html.Write($"</tr>");
            }
        }
    }
}
