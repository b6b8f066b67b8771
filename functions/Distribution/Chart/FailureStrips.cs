namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What went wrong and what the gateway did about it: one narrow chart for each kind, all on the same scale.</summary>
internal static class FailureStrips
{
    private const string Id = "failures";
    private const int Height = 44;

    private static readonly Strip[] Strips =
    [
        new("Throttled", "attempts answered with 429", total => total.Throttled, bar => bar.Throttled),
        new("Server errors", "attempts answered with 408, 499 or 5xx", total => total.ServerErrors, bar => bar.ServerErrors),
        new("No answer", "attempts that were refused, reset or timed out", total => total.Unanswered, bar => bar.Unanswered),
        new("Failovers", "failed attempts that were tried again on another backend", total => total.Retries, bar => bar.Retries),
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
                string total = Words.Count(strip.OfTotals(report.Totals));
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
            .Where(backend => strip.OfTotals(backend.Figures) > 0)
            .Select(backend => $"{Words.Backend(backend.Backend)} {Words.Count(strip.OfTotals(backend.Figures))}");
        return $"{string.Join(", ", backends)}. Most in {Words.Duration(bars.Length)}: {Words.Count(highest)}, at {Words.Moment(worst.Start)} UTC.";
    }

    private sealed record Strip(string Name, string About, Func<DistributionFigures, long> OfTotals, Func<BarFigures, long> OfBar);
}
