namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The answer in words, before any chart: were the requests served, and is the load spread as configured; if not, why.</summary>
internal static class Verdict
{
    /// <summary>The share of requests that may fail without the service being in question.</summary>
    private const double BearableFailures = 0.01;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        bool judged = report.PriorityGroups.Any(group => group.Requests > 0);
        bool isSpread = report.PriorityGroups.All(group => group.Skew.Count == 0);
        long failed = FailedRequests(report.Totals);
        bool isServed = failed <= BearableFailures * report.Totals.Requests;
        string spread = isSpread ? "Spread as configured" : "Not spread as configured";
        string heading = (judged, isServed) switch
        {
            (false, _) => "No configured backend has served a request",
            (_, false) => $"Only {Words.Percent((double)report.Totals.Successes / report.Totals.Requests)} of the requests succeeded",
            _ => spread,
        };
        (string kind, string mark) = judged && isServed && isSpread ? ("good", "✓") : ("bad", "!");
        html.Write($"<section class=\"verdict {kind}\" aria-labelledby=\"verdict-heading\"><span class=\"mark\" aria-hidden=\"true\">{mark}</span><div><h2 id=\"verdict-heading\">{heading}</h2>");
        if (!isServed)
        {
            WriteFailures(html, report, failed);
        }

        if (judged && !isServed)
        {
            html.Write($"<p><strong>{spread}</strong>, as far as requests were served.</p>");
        }

        WriteSpread(html, report, judged && isSpread);
        html.Write($"</div></section>\n");
    }

    /// <summary>Requests that ended without an answer of use; what the caller did wrong is not the service's failure.</summary>
    private static long FailedRequests(DistributionFigures figures) => Math.Max(0, figures.Requests - figures.Successes - figures.ClientErrors);

    private static void WriteFailures(HtmlWriter html, DistributionReport report, long failed)
    {
        html.Write($"<p><strong>{Words.Counted(failed, "request")}</strong> of {Words.Count(report.Totals.Requests)} failed.</p>");
        foreach (BackendReport backend in report.Backends)
        {
            DistributionFigures figures = backend.Figures;
            if (backend.Backend.Length == 0)
            {
                string limited = figures.Throttled > 0 ? $", {Words.Count(figures.Throttled)} of them by its own token limit (429)" : "";
                html.Write($"<p class=\"explanation\">API Management ended {Words.Counted(figures.Requests, "request")} itself{limited}.</p>");
            }
            else if (FailedRequests(figures) > 0)
            {
                html.Write($"""
                    <p class="explanation"><bdi>{backend.Backend}</bdi> failed at {Words.Counted(FailedRequests(figures), "request")}. Its attempts: {Words.Count(figures.Throttled)} throttled,
                    {Words.Counted(figures.ServerErrors, "server error")}, {Words.Count(figures.Unanswered)} without an answer.</p>
                    """);
            }
        }
    }

    private static void WriteSpread(HtmlWriter html, DistributionReport report, bool isSpread)
    {
        foreach (PriorityGroupReport group in report.PriorityGroups)
        {
            // Whoever served more stood in for the others: the cause is theirs.
            List<Skew> shunned = [.. group.Skew.Where(skew => skew.Share < skew.ExpectedShare)];
            foreach (Skew skew in shunned.Count > 0 ? shunned : group.Skew)
            {
                html.Write($"""
                    <p><strong><bdi>{skew.Backend}</bdi> {Words.Percent(skew.Share)}</strong> instead of {Words.Percent(skew.ExpectedShare)}. Likely cause{(shunned.Count > 0 ? "" : " at the others")}: {Cause(skew.Cause)}.</p>
                    <p class="explanation">{skew.Explanation}</p>
                    """);
            }
        }

        if (isSpread)
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
    }

    private static string Cause(string cause) => cause switch
    {
        SkewCause.Throttled => "throttling (429)",
        SkewCause.BreakerOpen => "server errors that opened the circuit breaker",
        SkewCause.Unreachable => "a backend that can not be reached",
        _ => "unknown",
    };
}
