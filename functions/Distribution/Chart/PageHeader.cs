namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The top of the page: what it shows, for which time, and how fresh it is.</summary>
internal static class PageHeader
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, string title, ChartView view)
    {
        DistributionReport report = view.Report;
        html.Write($"""
            <header><div><p class="eyebrow">Contoso Suites · model gateway</p><h1>{title}</h1>
            <p class="range">{Words.Range(report.From, report.To)} UTC</p></div>
            <nav aria-label="Time range"><ul>
            """);
        for (int i = 0; i < view.Ranges.Count; i++)
        {
            RangeLink range = view.Ranges[i];
            html.Write($"<li><a id=\"range-{i}\" href=\"{range.Address}\"");
            if (range.IsCurrent)
            {
                html.Write($" aria-current=\"page\"");
            }

            html.Write($">{range.Text}</a></li>");
        }

        html.Write($"</ul></nav></header>\n<p class=\"fresh\">{Freshness(view)}{Refresh(view.RefreshSeconds)}</p>");
        html.Write($"""<p class="stale" id="stale" role="status" hidden="hidden">The app can not be reached. These are the last figures that it gave.</p>""");
    }

    private static string Freshness(ChartView view)
    {
        if (!view.Collection.IsOn)
        {
            return "Collection is off: the setting LogAnalytics:WorkspaceId is not set.";
        }

        if (view.Report.CollectedUpTo is not { } upTo)
        {
            return "Nothing has been collected yet.";
        }

        TimeSpan behind = view.Now - upTo;
        return behind < TimeSpan.FromMinutes(1)
            ? $"Logs collected up to {Words.Moment(upTo)} UTC, just now."
            : $"Logs collected up to {Words.Moment(upTo)} UTC, {Words.Duration(TimeSpan.FromMinutes(Math.Floor(behind.TotalMinutes)))} ago.";
    }

    private static string Refresh(int? seconds) => seconds is { } every ? $" The page looks for newer figures every {every} seconds." : "";
}
