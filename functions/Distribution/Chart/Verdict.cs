namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The answer in words, before any chart: is the load spread as configured, and if not, why.</summary>
internal static class Verdict
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        List<Skew> skews = [.. report.PriorityGroups.SelectMany(group => group.Skew)];
        bool judged = report.PriorityGroups.Any(group => group.Requests > 0);
        (string kind, string mark, string heading) = (judged, skews.Count) switch
        {
            (false, _) => ("bad", "!", "No configured backend has served a request"),
            (true, 0) => ("good", "✓", "Spread as configured"),
            _ => ("bad", "!", "Not spread as configured"),
        };
        html.Write($"<section class=\"verdict {kind}\" aria-labelledby=\"verdict-heading\"><span class=\"mark\" aria-hidden=\"true\">{mark}</span><div><h2 id=\"verdict-heading\">{heading}</h2>");
        foreach (Skew skew in skews)
        {
            html.Write($"""
                <p><strong><bdi>{skew.Backend}</bdi> {Words.Percent(skew.Share)}</strong> instead of {Words.Percent(skew.ExpectedShare)}. Likely cause: {Cause(skew.Cause)}.</p>
                <p class="explanation">{skew.Explanation}</p>
                """);
        }

        if (judged && skews.Count == 0)
        {
            html.Write($"<p>No share differs from its weight by more than chance explains.</p>");
        }

        foreach (PriorityGroupReport group in report.PriorityGroups)
        {
            if (group.Failover is { } failover)
            {
                html.Write($"""
                    <p><strong>Priority {group.Priority} stood in</strong> for {Words.Counted(failover.Requests, "request")}. Likely cause: {Cause(failover.Cause)}.</p>
                    <p class="explanation">{failover.Explanation}</p>
                    """);
            }
        }

        html.Write($"</div></section>\n");
    }

    private static string Cause(string cause) => cause switch
    {
        SkewCause.Throttled => "throttling (429)",
        SkewCause.BreakerOpen => "server errors that opened the circuit breaker",
        SkewCause.Unreachable => "a backend that can not be reached",
        _ => "unknown",
    };
}
