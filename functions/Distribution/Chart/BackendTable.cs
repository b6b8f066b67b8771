namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The totals of every backend as a table.</summary>
internal static class BackendTable
{
    private const string Id = "backends";

    /// <summary>Writes the table.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        Dictionary<string, BackendShare> shares = report.PriorityGroups.SelectMany(group => group.Backends).ToDictionary(share => share.Backend);
        Section.Begin(html, Id, "Figures by backend", "Shares are within the priority group. p95 is the highest of any minute.");
        FigureTable.Begin(
            html, $"{Id}-table", "Figures by backend", 1,
            "Backend", "Requests", "Share", "Expected", "Succeeded", "Throttled", "Client errors", "Server errors", "No answer",
            "Failovers", "Prompt tokens", "Answer tokens", "Average", "p95");
        foreach (BackendReport backend in report.Backends)
        {
            WriteRow(
                html, Words.Backend(backend.Backend), backend.Region, shares.GetValueOrDefault(backend.Backend), backend.Figures);
        }

        WriteRow(html, "All", null, null, report.Totals);
        FigureTable.End(html);
        Section.End(html);
    }

    private static void WriteRow(HtmlWriter html, string name, string? region, BackendShare? share, DistributionFigures figures)
    {
        html.Write($"<tr><th scope=\"row\"><bdi>{name}</bdi> <small>{region}</small></th>");
        FigureTable.WriteCells(
            html, Words.Count(figures.Requests), Words.Percent(share?.Share), Words.Percent(share?.ExpectedShare), Words.Count(figures.Successes),
            Words.Count(figures.Throttled), Words.Count(figures.ClientErrors), Words.Count(figures.ServerErrors), Words.Count(figures.Unanswered),
            Words.Count(figures.Retries), Words.Count(figures.PromptTokens), Words.Count(figures.CompletionTokens),
            Words.Milliseconds(figures.AverageBackendMs), Words.Milliseconds(figures.P95BackendMs));
        html.Write($"</tr>");
    }
}
