namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Requests over time, stacked by backend.</summary>
internal static class RequestsOverTime
{
    private const string Id = "requests";
    private const int Height = 220;
    private const int MostTicks = 4;

    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, DistributionReport report, TimeBars bars)
    {
        Section.Begin(html, Id, "Requests over time", $"By the backend that each request ended with. A bar is {Words.Duration(bars.Length)}; times are UTC.");
        html.Write($"<ul class=\"legend\">");
        for (int i = 0; i < report.Backends.Count; i++)
        {
            html.Write($"<li>");
            BackendFills.WriteSample(html, BackendFills.Of(i));
            html.Write($"<span><bdi>{Words.Backend(report.Backends[i].Backend)}</bdi> <b>{Words.Count(report.Backends[i].Figures.Requests)}</b></span></li>");
        }

        html.Write($"</ul>");
        long highest = bars.Bars.Max(bar => bar.Total(figures => figures.Requests));
        var chart = new StackedBars(bars, new TimeScale(report.From, report.To), CountScale.For(highest, MostTicks), Height);
        chart.Begin(html, Id, "Requests over time, stacked by backend", Describe(report, bars, highest), labelTimes: true);
        chart.WriteBars(html, figures => figures.Requests);
        chart.WriteTips(html, bar => Tip(report, bar));
        StackedBars.End(html);
        Section.End(html);
    }

    private static string Describe(DistributionReport report, TimeBars bars, long highest)
    {
        TimeBar busiest = bars.Bars.First(bar => bar.Total(figures => figures.Requests) == highest);
        return $"{Words.Counted(report.Totals.Requests, "request")} from {Words.Range(report.From, report.To)} UTC. "
            + $"The busiest {Words.Duration(bars.Length)} had {Words.Count(highest)}, at {Words.Moment(busiest.Start)}. The figures are in the table by time.";
    }

    private static string Tip(DistributionReport report, TimeBar bar)
    {
        IEnumerable<string> lines = report.Backends.Select((backend, i) => $"{Words.Backend(backend.Backend)}: {Words.Count(bar.Backends[i].Requests)}");
        return $"{Words.Range(bar.Start, bar.End)} UTC\n{string.Join('\n', lines)}";
    }
}
