using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Chart;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>The page as a parser of HTML understands it.</summary>
public sealed class ChartPageTests
{
    // Where the counts are in the table of backends; shares and times are between them.
    private static readonly int[] CountColumns = [1, 4, 5, 6, 7, 8, 9, 10, 11];

    public static TheoryData<string> Reports => ["balanced", "week", "hostile", "priced"];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task The_table_of_backends_has_the_figures_of_the_report(string name)
    {
        DistributionReport report = Report(name);

        List<IElement> rows = [.. (await ParseAsync(report)).QuerySelectorAll("#backends-table tbody tr")];

        Assert.Equal(report.Backends.Count + 1, rows.Count);
        Every.One(report.Backends.Select(backend => backend.Figures).Append(report.Totals).Zip(rows), pair =>
        {
            (DistributionFigures figures, IElement row) = pair;
            Assert.Equal(
                [figures.Requests, figures.Successes, figures.Throttled, figures.ClientErrors, figures.ServerErrors, figures.Unanswered, figures.Retries, figures.PromptTokens, figures.CompletionTokens],
                CountColumns.Select(column => Number(row.Children[column])));
        });
    }

    [Fact]
    public async Task The_table_of_backends_names_each_and_its_region() => Assert.Equal(
        ["openai-primary swedencentral", "openai-secondary francecentral", "All"],
        (await ParseAsync(SampleReport.Balanced())).QuerySelectorAll("#backends-table tbody th").Select(name => name.TextContent));

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task The_table_by_time_adds_up_to_the_report(string name)
    {
        DistributionReport report = Report(name);

        List<IElement> rows = [.. (await ParseAsync(report)).QuerySelectorAll("#figures-bars tbody tr")];

        Assert.Equal(
            [report.Totals.Requests, report.Totals.Throttled, 0, report.Totals.ServerErrors, report.Totals.Unanswered, report.Totals.Retries],
            Enumerable.Range(2, 6).Select(column => rows.Sum(row => Number(row.Children[column]))));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task The_tokens_by_function_are_in_a_table(string name)
    {
        DistributionReport report = Report(name);

        Assert.Equal(
            report.TokensByFunction.Select(function => function.Tokens),
            (await ParseAsync(report)).QuerySelectorAll("#figures-functions td").Select(Number));
    }

    [Fact]
    public async Task The_bars_are_as_high_as_the_requests()
    {
        DistributionReport report = SampleReport.Balanced();
        IHtmlDocument page = await ParseAsync(report);
        long max = page.QuerySelectorAll("#requests .count").Max(Number);
        double pixels = 220.0 / max;

        List<IElement> stacks = [.. page.QuerySelectorAll("#requests .bars")];

        Assert.Equal(2, stacks.Count);
        Every.One(stacks.Zip(report.Backends), pair =>
            Assert.Equal(pair.Second.Figures.Requests * pixels, pair.First.Children.Sum(bar => Attribute(bar, "height")), tolerance: 0.5));

        // The lowest stack stands on the base, the next one on the lowest.
        Every.One(stacks[0].Children, bar => Assert.Equal(220, Attribute(bar, "y") + Attribute(bar, "height"), tolerance: 0.01));
        Every.One(stacks[1].Children.Zip(stacks[0].Children), pair =>
            Assert.Equal(Attribute(pair.Second, "y"), Attribute(pair.First, "y") + Attribute(pair.First, "height"), tolerance: 0.01));
    }

    [Fact]
    public async Task The_bars_of_shares_are_as_long_as_the_shares()
    {
        DistributionReport report = SampleReport.Week();

        List<IElement> rows = [.. (await ParseAsync(report)).QuerySelectorAll("#shares .bar")];

        List<BackendShare> shares = [.. report.PriorityGroups.SelectMany(group => group.Backends)];
        Assert.Equal((4, 4), (shares.Count, rows.Count));
        Every.One(shares.Zip(rows), pair =>
        {
            Assert.Equal(pair.First.Share!.Value * 100, Attribute(pair.Second.QuerySelector("rect:not(.track)")!, "width"), tolerance: 0.001);
            Assert.Equal(pair.First.ExpectedShare * 100, Attribute(pair.Second.QuerySelector("line")!, "x1"), tolerance: 0.001);
        });
    }

    [Fact]
    public async Task The_cost_is_told_by_backend_function_and_day_and_what_it_leaves_out()
    {
        DistributionReport priced = SampleReport.Priced();

        IHtmlDocument page = await ParseAsync(priced);

        string[] figures = [.. page.QuerySelectorAll("#costs .figure").Select(figure => figure.TextContent)];
        Assert.Equal([.. priced.Backends.Select(backend => Words.Dollars(backend.Figures.Cost)), "$41.73", "$0.0734", "–"], figures[..7]);
        Assert.Equal(["$7.50", "$1.50", "$2.50"], figures[7..10]);
        Assert.Equal(["–", "below $0.0001", "$6.50"], figures[^3..]);
        Assert.Equal(14, figures.Length - 7);
        Assert.Contains("gpt-5.4-mini 0.825 and 4.95", page.QuerySelector("#costs .about")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("a single conversation with the copilot", page.QuerySelector("#costs .about")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("text-embedding-3-small", page.QuerySelector("#costs-unpriced")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("31,210 model calls, $0.0013 each", page.QuerySelector("#costs")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("118 model calls, $0.0006 each; 2,103,000 tokens without a price", page.QuerySelector("#costs")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(
            priced.Backends.Select(backend => Words.Dollars(backend.Figures.Cost)),
            page.QuerySelectorAll("#figures-backend-costs td").Select(cell => cell.TextContent));
        Assert.Equal(priced.Costs!.Days.Select(day => Words.Dollars(day.Cost)), page.QuerySelectorAll("#figures-days td").Select(cell => cell.TextContent));
        Assert.Equal(["$41.73", "31,210", "0"], page.QuerySelector("#figures-function-costs tbody tr")!.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Contains($"Cost{Words.Dollars(priced.Totals.Cost)}", page.QuerySelector(".key")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bars_of_costs_are_as_long_as_the_costs()
    {
        IHtmlDocument page = await ParseAsync(SampleReport.Priced());

        double[] days = [.. page.QuerySelectorAll("#costs svg[aria-labelledby^='costs-day'] rect:not(.track)").Select(bar => Attribute(bar, "width"))];

        Assert.Equal([100, 20, 33.333], days[..3]);
        Assert.Equal([0, 0.001, 86.667], days[^3..]);
    }

    [Fact]
    public async Task Without_prices_nothing_is_said_of_cost() =>
        Assert.DoesNotContain("cost", (await ParseAsync(SampleReport.Week())).Body!.TextContent, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Names_are_shown_as_they_are_and_never_become_markup()
    {
        DistributionReport hostile = SampleReport.Hostile();

        IHtmlDocument page = await ParseAsync(hostile);

        Assert.Single(page.Scripts);
        Assert.Empty(page.QuerySelectorAll("img, iframe, b a, [onload], [onerror], style ~ style"));
        List<string> names = [.. page.QuerySelectorAll("#backends-table tbody th bdi").Select(cell => cell.TextContent)];
        Assert.Equal([hostile.Backends[0].Backend, hostile.Backends[1].Backend], names[..2]);
        Assert.StartsWith("{{7*7}} \u202Egnp.exe", names[2], StringComparison.Ordinal);
        Assert.Equal("no backend answered", names[3]);
        Assert.Contains(hostile.PriorityGroups[0].Skew[0].Explanation, page.QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(hostile.TokensByFunction[0].Function, page.QuerySelector("#figures-functions tbody th")!.TextContent);
        Every.One(page.All, element => Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style"));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Every_drawing_has_a_name_and_a_description_and_every_id_is_one_elements(string name)
    {
        IHtmlDocument page = await ParseAsync(Report(name));

        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        Every.One(page.QuerySelectorAll("[aria-labelledby]"), element => Every.One(
            element.GetAttribute("aria-labelledby")!.Split(' '),
            id => Assert.False(string.IsNullOrWhiteSpace(page.GetElementById(id)?.TextContent), id)));
        List<IElement> drawings = [.. page.QuerySelectorAll("svg")];
        Assert.NotEmpty(drawings);
        Every.One(drawings, drawing => Assert.True(
            drawing.GetAttribute("aria-hidden") == "true"
            || (drawing.GetAttribute("role") == "img" && drawing.Children[0].LocalName == "title" && drawing.Children[1].LocalName == "desc"
                && drawing.GetAttribute("aria-labelledby") == $"{drawing.Children[0].Id} {drawing.Children[1].Id}"),
            drawing.OuterHtml));
        Every.One(
            page.QuerySelectorAll("[fill^='url']").Select(element => element.GetAttribute("fill")!),
            fill => Assert.NotNull(page.GetElementById(fill[5..^1])));
    }

    [Fact]
    public async Task Says_that_the_load_is_spread_as_configured() =>
        Assert.StartsWith("Spread as configured", await VerdictAsync(SampleReport.Balanced()), StringComparison.Ordinal);

    [Fact]
    public async Task Says_what_is_skewed_by_how_much_and_why()
    {
        DistributionReport week = SampleReport.Week();

        string verdict = await VerdictAsync(week);

        Assert.StartsWith("Not spread as configured", verdict, StringComparison.Ordinal);
        Assert.Contains("openai-primary 44.6 % instead of 50 %", verdict, StringComparison.Ordinal);
        Assert.Contains("Likely cause: throttling (429).", verdict, StringComparison.Ordinal);
        Assert.Contains(week.PriorityGroups[0].Skew[0].Explanation, verdict, StringComparison.Ordinal);
        Assert.Contains("Priority 2 stood in for 75 requests. Likely cause: throttling (429).", verdict, StringComparison.Ordinal);
        Assert.Contains(week.PriorityGroups[1].Failover!.Explanation, verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_first_that_requests_fail_and_then_how_they_are_spread()
    {
        DistributionReport report = SampleReport.Make(
            [.. SampleReport.Pair, new SampleBackend("", null, null, null)], TimeSpan.FromHours(1), TimeSpan.FromMinutes(5),
            (backend, _) => backend == 2
                ? new DistributionFigures { Requests = 80, Throttled = 80 }
                : new DistributionFigures { Requests = 10, Successes = 7, ServerErrors = 3 });

        string verdict = await VerdictAsync(report);

        Assert.StartsWith("Only 14 % of the requests succeeded", verdict, StringComparison.Ordinal);
        Assert.Contains("1,032 requests of 1,200 failed.", verdict, StringComparison.Ordinal);
        Assert.Contains("API Management ended 960 requests itself, 960 of them by its own token limit (429).", verdict, StringComparison.Ordinal);
        Assert.Contains("openai-primary failed at 36 requests. Its attempts: 0 throttled, 36 server errors, 0 without an answer.", verdict, StringComparison.Ordinal);
        Assert.Contains("Spread as configured, as far as requests were served.", verdict, StringComparison.Ordinal);
        Assert.NotNull((await ParseAsync(report)).QuerySelector(".verdict.bad"));
    }

    [Fact]
    public async Task The_gateways_own_limit_is_no_throttling_of_a_backend()
    {
        DistributionReport report = SampleReport.Make(
            [.. SampleReport.Pair, new SampleBackend("", null, null, null)], TimeSpan.FromHours(1), TimeSpan.FromMinutes(5),
            (backend, _) => new DistributionFigures { Requests = 5, Successes = backend == 2 ? 0 : 5, Throttled = backend == 2 ? 5 : 1 });

        IHtmlDocument page = await ParseAsync(report);

        Assert.Contains("Throttled 24 ", Text(page.QuerySelector("#failures")!), StringComparison.Ordinal);
        Assert.Contains("Token limit 60 ", Text(page.QuerySelector("#failures")!), StringComparison.Ordinal);
        Assert.Contains("Throttled attempts 24", string.Join(' ', page.QuerySelectorAll(".key div").Select(figure => $"{figure.Children[0].TextContent} {figure.Children[1].TextContent}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blames_the_backend_that_served_too_little_and_not_the_one_that_stood_in()
    {
        DistributionReport report = SampleReport.Balanced();
        report = report with
        {
            PriorityGroups =
            [
                report.PriorityGroups[0] with
                {
                    Skew =
                    [
                        new("openai-primary", 0.5, 0.2, SkewCause.Throttled, "It throttled."),
                        new("openai-secondary", 0.5, 0.8, SkewCause.Throttled, "The other one throttled."),
                    ],
                },
            ],
        };

        string verdict = await VerdictAsync(report);

        Assert.Contains("openai-primary 20 % instead of 50 %", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("openai-secondary", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_is_one_number_wherever_it_is_told()
    {
        IHtmlDocument page = await ParseAsync(SampleReport.Week());

        IEnumerable<string> bars = page.QuerySelectorAll("#shares .figure b").Select(share => share.TextContent);
        IEnumerable<string> cells = page.QuerySelectorAll("#backends-table tbody tr").SkipLast(1).Select(row => row.Children[2].TextContent);
        Assert.Equal(bars, cells);
    }

    [Fact]
    public async Task Does_not_call_it_spread_when_no_backend_has_answered()
    {
        DistributionReport report = SampleReport.Make(
            [.. SampleReport.Pair, new SampleBackend("", null, null, null)], TimeSpan.FromHours(1), TimeSpan.FromMinutes(5),
            (backend, _) => backend == 2 ? new DistributionFigures { Requests = 3, Unanswered = 9, Retries = 6 } : new DistributionFigures());

        Assert.StartsWith("No configured backend has served a request", await VerdictAsync(report), StringComparison.Ordinal);
        Assert.Contains("no backend answered 36", Text((await ParseAsync(report)).QuerySelector("#requests .legend")!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, "Nothing has been collected yet", "0 */5 * * * *")]
    [InlineData(true, true, "No model was called in this time", "POST api/Chat")]
    [InlineData(false, false, "Collection is off", "LogAnalytics:WorkspaceId")]
    public async Task Says_what_to_do_when_there_is_nothing_to_draw(bool on, bool collected, string heading, string advice)
    {
        ChartView view = ChartServer.ViewOf(SampleReport.Empty(collected ? SampleReport.Now : null));

        IHtmlDocument page = await ParseAsync(view with { Schedule = on ? view.Schedule : null });

        Assert.Equal(heading, page.QuerySelector(".empty h2")!.TextContent);
        Assert.Contains(advice, page.QuerySelector(".empty ol")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("svg"));
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(7, "7 minutes ago")]
    [InlineData(120, "2 hours ago")]
    public async Task Says_how_old_the_figures_are(int minutes, string age)
    {
        DistributionReport report = SampleReport.Balanced() with { CollectedUpTo = SampleReport.Now.AddMinutes(-minutes) };

        Assert.Contains(age, (await ParseAsync(report)).QuerySelector(".fresh")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/10 * * * * *", "collected every 10 seconds, and the page looks for newer ones every 30 seconds")]
    [InlineData("0 */5 * * * *", "collected every 5 minutes, and the page looks for newer ones every 30 seconds")]
    [InlineData("%", "collected at %, and")]
    public async Task Says_how_often_there_is_something_new(string schedule, string says)
    {
        ChartView view = ChartServer.ViewOf(SampleReport.Balanced(), refreshSeconds: 30);

        IHtmlDocument page = await ParseAsync(view with { Schedule = schedule });

        Assert.Contains(says, page.QuerySelector(".fresh")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offers_the_ranges_as_links_and_marks_the_current_one()
    {
        IHtmlDocument page = await ParseAsync(SampleReport.Balanced());

        Assert.Equal(["?last=PT1H", "?last=P1D", "?last=P7D"], page.QuerySelectorAll("nav a").Select(link => link.GetAttribute("href")));
        Assert.Equal("24 hours", Assert.Single(page.QuerySelectorAll("nav [aria-current]")).TextContent);
    }

    [Fact]
    public async Task Looks_for_newer_figures_only_where_the_range_moves_on()
    {
        IHtmlDocument moving = await ParseAsync(ChartServer.ViewOf(SampleReport.Balanced(), refreshSeconds: 60));
        IHtmlDocument fixedRange = await ParseAsync(SampleReport.Balanced());

        Assert.Equal("60", moving.QuerySelector("main")!.GetAttribute("data-refresh"));
        Assert.NotNull(moving.QuerySelector("noscript"));
        Assert.Null(fixedRange.QuerySelector("main")!.GetAttribute("data-refresh"));
        Assert.Null(fixedRange.QuerySelector("noscript"));
    }

    [Fact]
    public async Task Does_not_depend_on_the_language_of_the_server()
    {
        ChartView view = ChartServer.ViewOf(SampleReport.Priced(), refreshSeconds: 30);
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            string expected = await ChartServer.RenderAsync(view);
            CultureInfo.CurrentCulture = new CultureInfo("fa-IR");
            Assert.Equal(expected, await ChartServer.RenderAsync(view));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static DistributionReport Report(string name) => name switch
    {
        "balanced" => SampleReport.Balanced(),
        "week" => SampleReport.Week(),
        "priced" => SampleReport.Priced(),
        _ => SampleReport.Hostile(),
    };

    private static Task<IHtmlDocument> ParseAsync(DistributionReport report) => ParseAsync(ChartServer.ViewOf(report));

    private static async Task<IHtmlDocument> ParseAsync(ChartView view) => new HtmlParser().ParseDocument(await ChartServer.RenderAsync(view));

    private static async Task<string> VerdictAsync(DistributionReport report) => Text((await ParseAsync(report)).QuerySelector(".verdict div")!);

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static long Number(IElement element) => long.Parse(element.TextContent, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static double Attribute(IElement element, string name) => double.Parse(element.GetAttribute(name)!.TrimEnd('%'), CultureInfo.InvariantCulture);
}
