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
                <p><strong><bdi>{skew.Backend}</bdi></strong> has {Words.Percent(skew.Share)} of its group's requests instead of {Words.Percent(skew.ExpectedShare)}.
                Likely cause: {Cause(skew.Cause)}.</p><p class="explanation">{skew.Explanation}</p>
                """);
        }

        if (judged && skews.Count == 0)
        {
            html.Write($"<p>No share differs from its weight by more than chance explains.</p>");
        }

        WriteFailover(html, report.PriorityGroups);
        html.Write($"</div></section>\n");
    }

    private static void WriteFailover(HtmlWriter html, IReadOnlyList<PriorityGroupReport> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        int first = groups.Min(group => group.Priority);
        foreach (PriorityGroupReport group in groups.Where(group => group.Priority > first && group.Requests > 0))
        {
            html.Write($"<p>Failover: priority {group.Priority} stood in for {Words.Counted(group.Requests, "request")}, because no backend before it was available.</p>");
        }
    }

    private static string Cause(string cause) => cause switch
    {
        "throttled" => "it throttled (429)",
        "breakerOpen" => "its circuit breaker was open after server errors",
        "unreachable" => "it could not be reached",
        _ => "unknown",
    };
}
