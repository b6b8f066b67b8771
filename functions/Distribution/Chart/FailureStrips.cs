namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What went wrong and what the gateway did about it: one narrow chart for each kind, all on the same scale.</summary>
internal static class FailureStrips
{
    private const string Id = "failures";
    private const int Height = 44;

    private static readonly Strip[] Strips =
    [
        new("Throttled", "attempts that a backend answered with 429", bar => bar.Throttled),
        new("Token limit", "requests that API Management answered with 429 itself, without asking a backend", bar => bar.Limited),
        new("Server errors", "attempts answered with 408, 499 or 5xx", bar => bar.ServerErrors),
        new("No answer", "attempts that were refused, reset or timed out", bar => bar.Unanswered),
        new("Failovers", "failed attempts that were tried again on another backend", bar => bar.Retries),
    ];

    /// <summary>Writes the charts, or that there is nothing to draw.</summary>
    public static void Write(HtmlWriter html, DistributionReport report, TimeBars bars)
    {
        Section.Begin(html, Id, "Throttles and failovers", "Stacked and filled as above. One request can have several failed attempts.");
        long highest = Strips.Max(strip => bars.Bars.Max(bar => bar.Total(strip.OfBar)));
        if (highest == 0)
        {
            html.Write($"<p class=\"none\">No attempt failed in this time.</p>");
        }
        else
        {
            CountScale scale = CountScale.For(highest, ticks: 1);
            var chart = new StackedBars(bars, new TimeScale(report.From, report.To), scale, Height);
            for (int i = 0; i < Strips.Length; i++)
            {
                Strip strip = Strips[i];
                string total = Words.Count(strip.OfBar(BarFigures.Of(report)));
                html.Write($"<p class=\"strip\"><b>{strip.Name} {total}</b> <span>{strip.About}</span></p>");
                chart.Begin(html, $"{Id}-{i}", $"{strip.Name} over time, stacked by backend", Describe(report, bars, strip), labelTimes: i == Strips.Length - 1);
                chart.WriteBars(html, strip.OfBar);
                StackedBars.End(html);
            }
        }

        Section.End(html);
    }

    private static string Describe(DistributionReport report, TimeBars bars, Strip strip)
    {
        long highest = bars.Bars.Max(bar => bar.Total(strip.OfBar));
        if (highest == 0)
        {
            return $"No {strip.About}.";
        }

        TimeBar worst = bars.Bars.First(bar => bar.Total(strip.OfBar) == highest);
        IEnumerable<string> backends = report.Backends
            .Select(backend => (Name: Words.Backend(backend.Backend), Count: strip.OfBar(BarFigures.Of(backend.Backend, backend.Figures))))
            .Where(backend => backend.Count > 0)
            .Select(backend => $"{backend.Name} {Words.Count(backend.Count)}");
        return $"{string.Join(", ", backends)}. Most in {Words.Duration(bars.Length)}: {Words.Count(highest)}, at {Words.Moment(worst.Start)} UTC.";
    }

    private sealed record Strip(string Name, string About, Func<BarFigures, long> OfBar);
}
