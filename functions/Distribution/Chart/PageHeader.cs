using ContosoSuites.Functions.Settings;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The top of the page: what it shows, for which time, and how fresh it is.</summary>
internal static class PageHeader
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, string title, ChartView view)
    {
        DistributionReport report = view.Report;
        html.Write($"<header><div>");
        WriteTitle(html, title);
        html.Write($"<p class=\"range\">{Words.Range(report.From, report.To < view.Now ? report.To : view.Now)} UTC</p></div>");
        WriteRanges(html, view.Ranges);
        html.Write($"</header>\n<p class=\"fresh\">{Freshness(view)}{Refresh(view)}</p>");
        html.Write($"""<p class="stale" id="stale" role="status" hidden="hidden">The app can not be reached. These are the last figures that it gave.</p>""");
    }

    /// <summary>Writes the page's name.</summary>
    public static void WriteTitle(HtmlWriter html, string title) =>
        html.Write($"""<p class="eyebrow">Contoso Suites · model gateway</p><h1>{title}</h1>""");

    /// <summary>Writes the ranges to choose from.</summary>
    public static void WriteRanges(HtmlWriter html, IReadOnlyList<RangeLink> ranges)
    {
        html.Write($"<nav aria-label=\"Time range\"><ul>");
        for (int i = 0; i < ranges.Count; i++)
        {
            html.Write($"<li><a id=\"range-{i}\" href=\"{ranges[i].Address}\"");
            if (ranges[i].IsCurrent)
            {
                html.Write($" aria-current=\"page\"");
            }

            html.Write($">{ranges[i].Text}</a></li>");
        }

        html.Write($"</ul></nav>");
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

    /// <summary>How often the page asks, and how often there can be something new: what is seen comes with the slower of both.</summary>
    private static string Refresh(ChartView view) => (view.RefreshSeconds, view.Collection.IsOn) switch
    {
        (null, _) => "",
        ({ } every, false) => $" The page looks for newer figures every {every} seconds.",
        ({ } every, true) => $" They are collected {Often(view)}, and the page looks for newer ones every {every} seconds.",
    };

    private static string Often(ChartView view) => TimerSchedules.IntervalOf(view.Collection.Schedule, view.Now) is { } interval
        ? interval < TimeSpan.FromMinutes(1) ? $"every {Words.Counted((long)interval.TotalSeconds, "second")}" : $"every {Words.Duration(interval)}"
        : $"at {view.Collection.Schedule}";
}
