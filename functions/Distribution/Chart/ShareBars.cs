namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Every backend's share of its priority group, against what its weight says.</summary>
internal static class ShareBars
{
    private const string Id = "shares";

    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        Section.Begin(html, Id, "Share against expected", "The bar is the share that was observed, the upright line the share that the weights say.");
        int row = 0;
        foreach (PriorityGroupReport group in report.PriorityGroups)
        {
            WriteHeading(html, group, report.PriorityGroups);
            html.Write($"<ul class=\"rows\">");
            foreach (BackendShare share in group.Backends)
            {
                WriteRow(html, report, share, $"{Id}-{row++}");
            }

            html.Write($"</ul>");
        }

        Section.End(html);
    }

    private static void WriteHeading(HtmlWriter html, PriorityGroupReport group, IReadOnlyList<PriorityGroupReport> groups)
    {
        if (groups.Count > 1)
        {
            string idle = group.Requests == 0 ? ": stands by" : "";
            html.Write($"<h3>Priority {group.Priority}{idle} <span>{Words.Counted(group.Requests, "request")}</span></h3>");
        }
    }

    private static void WriteRow(HtmlWriter html, DistributionReport report, BackendShare share, string id)
    {
        int place = Place(report.Backends, share.Backend);
        string? region = place < 0 ? null : report.Backends[place].Region;
        html.Write($"""
            <li><p><span class="name"><bdi>{share.Backend}</bdi> <small>{region}</small></span>
            <span class="figure"><b>{Words.Percent(share.Share)}</b> of {Words.Percent(share.ExpectedShare)}</span></p>
            """);
        HorizontalBar.Begin(html, id, $"Share of {share.Backend}", Describe(share));
        if (share.Share is { } observed)
        {
            HorizontalBar.WritePart(html, 0, observed, BackendFills.Of(Math.Max(place, 0)));
        }

        html.Write($"<line class=\"expected\" x1=\"{share.ExpectedShare * 100}%\" x2=\"{share.ExpectedShare * 100}%\" y1=\"-4\" y2=\"{HorizontalBar.Height + 4}\"/>");
        HorizontalBar.End(html);
        html.Write($"</li>");
    }

    private static string Describe(BackendShare share) => share.Share is { } observed
        ? $"{Words.Percent(observed)} of its group's requests, {Words.Count(share.Requests)} of them; {Words.Percent(share.ExpectedShare)} expected: {Words.Points(observed - share.ExpectedShare)}."
        : $"No requests in its group; {Words.Percent(share.ExpectedShare)} expected when there are.";

    private static int Place(IReadOnlyList<BackendReport> backends, string name)
    {
        for (int i = 0; i < backends.Count; i++)
        {
            if (backends[i].Backend == name)
            {
                return i;
            }
        }

        return -1;
    }
}
