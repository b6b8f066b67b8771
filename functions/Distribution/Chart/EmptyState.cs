namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What the page says when there is nothing to draw: why, and what to do about it.</summary>
internal static class EmptyState
{
    /// <summary>Whether a report has nothing to draw.</summary>
    public static bool Applies(DistributionReport report) =>
        report.Totals is { Requests: 0, Throttled: 0, ClientErrors: 0, ServerErrors: 0, Unanswered: 0, Retries: 0 };

    /// <summary>Writes it.</summary>
    public static void Write(HtmlWriter html, ChartView view)
    {
        html.Write($"<section class=\"card empty\" aria-labelledby=\"empty-heading\">");
        if (!view.Collection.IsOn)
        {
            WriteHeading(html, "Collection is off", "The app does not know where the gateway's logs are, so it has nothing to show.");
            html.Write($"""
                <ol><li>Set <code>LogAnalytics:WorkspaceId</code> to the workspace that API Management writes its logs to.</li>
                <li>Give the app's identity the role Log Analytics Reader on it.</li>
                <li>Restart the app. The first collection looks back over the last day.</li></ol>
                """);
        }
        else if (view.Report.CollectedUpTo is null)
        {
            WriteHeading(html, "Nothing has been collected yet", "The app has not read the gateway's logs since its store was created.");
            html.Write($"""
                <ol><li>Send a chat: <code>POST api/Chat</code> with <code>message=Hello</code>.</li>
                <li>Wait for the next collection. The setting <code>BackendDistributionSchedule</code> has it at <code>{view.Collection.Schedule}</code>
                (seconds, minutes, hours, day, month, day of week).</li>
                <li>If this stays, <code>GET api/health</code> says what keeps the collection from running.</li></ol>
                """);
        }
        else
        {
            WriteHeading(html, "No model was called in this time", "The gateway's logs were read and have no request in this range.");
            html.Write($"""
                <ol><li>Send a chat: <code>POST api/Chat</code> with <code>message=Hello</code>.</li>
                <li>Logs arrive some minutes late, and are read at <code>{view.Collection.Schedule}</code> (setting <code>BackendDistributionSchedule</code>).</li>
                <li>Or choose a longer range above.</li></ol>
                """);
        }

        html.Write($"</section>");
    }

    private static void WriteHeading(HtmlWriter html, string heading, string about) =>
        html.Write($"<h2 id=\"empty-heading\">{heading}</h2><p class=\"about\">{about}</p>");
}
