using System.Globalization;
using ContosoSuites.Functions.Gateway;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What the tokens cost: by backend, by the function that called, and by day. Nothing where the settings have no prices.</summary>
internal static class CostBars
{
    private const string Id = "costs";

    // Two weeks. A longer range has all its days in the table.
    private const int MostDays = 14;

    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        if (report.Costs is not { } costs)
        {
            return;
        }

        Section.Begin(html, Id, "Cost", $"US dollars by the prices in the settings, of a million prompt and answer tokens: {Describe(costs.Prices)}. What a single conversation with the copilot has cost is in its JSON answer.");
        if (costs.Unpriced.Count > 0)
        {
            html.Write($"<p class=\"about\" id=\"{Id}-unpriced\">Without a price, and in none of these figures: <bdi>{string.Join(", ", costs.Unpriced)}</bdi>.</p>");
        }

        html.Write($"<div class=\"columns\"><div>");
        WriteRows(html, "backend", "By backend", report.Backends.Select((backend, i) => new Row(Words.Backend(backend.Backend), "", backend.Figures.Cost, BackendFills.Of(i))));
        WriteRows(html, "function", "By function", report.TokensByFunction.Select(function => new Row(
            Words.Function(function.Function), About(function), function.Cost, BackendFills.Prompt)));
        html.Write($"</div><div>");
        WriteRows(html, "day", "By day", costs.Days.TakeLast(MostDays).Select(day => new Row(Words.Date(day.Day), "", day.Cost, BackendFills.Prompt)));
        html.Write($"</div></div>");
        Section.End(html);
    }

    /// <summary>What a call costs in the mean, since the logs know calls and no conversations; and what the cost leaves out.</summary>
    private static string About(FunctionTokens function)
    {
        string each = function is { Cost: { } cost, PricedCalls: > 0 and { } calls } ? $"{Words.Counted(calls, "model call")}, {Words.Dollars(cost / calls)} each" : "";
        string left = function.UnpricedTokens is > 0 and { } tokens ? $"{Words.Counted(tokens, "token")} without a price" : "";
        return string.Join("; ", new[] { each, left }.Where(text => text.Length > 0));
    }

    private static string Describe(IReadOnlyDictionary<string, ModelPrice> prices) => string.Join(", ", prices.OrderBy(price => price.Key, StringComparer.Ordinal).Select(price =>
        string.Create(CultureInfo.InvariantCulture, $"{price.Key} {price.Value.Prompt} and {price.Value.Completion}")));

    private static void WriteRows(HtmlWriter html, string kind, string heading, IEnumerable<Row> rows)
    {
        html.Write($"<h3>{heading}</h3><ul class=\"rows\">");
        List<Row> all = [.. rows];
        decimal most = all.Max(row => row.Cost) is > 0 and { } highest ? highest : 1;
        for (int i = 0; i < all.Count; i++)
        {
            Row row = all[i];
            html.Write($"""
                <li><p><span class="name"><bdi>{row.Name}</bdi> <small>{row.About}</small></span> <span class="figure"><b>{Words.Dollars(row.Cost)}</b></span></p>
                """);
            HorizontalBar.Begin(html, $"{Id}-{kind}-{i}", $"Cost of {row.Name}", row.Cost is null ? "Nothing that was used has a price." : $"{Words.Dollars(row.Cost)}.");
            HorizontalBar.WritePart(html, 0, (double)((row.Cost ?? 0) / most), row.Fill);
            HorizontalBar.End(html);
            html.Write($"</li>");
        }

        html.Write($"</ul>");
    }

    private sealed record Row(string Name, string About, decimal? Cost, string Fill);
}
