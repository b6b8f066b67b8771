using ContosoSuites.Functions.Distribution;
using Microsoft.Playwright;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>The page in a real browser: it renders, fits, stays by itself, and can be looked at in artifacts/screenshots.</summary>
public sealed class ChartBrowserTests(Browser browser) : IClassFixture<Browser>
{
    // Those that have everything. A picture takes longer than all the questions.
    private static readonly string[] Pictured = ["week", "priced"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Looks()
    {
        var looks = new TheoryData<string, int>();
        foreach (string report in new[] { "balanced", "week", "failing", "empty", "hostile", "priced" })
        {
            looks.Add(report, 360);
            looks.Add(report, 1280);
        }

        return looks;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Renders_within_its_width_without_complaint_and_asks_nobody_else(string report, int width)
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(Report(report), refreshSeconds: 60), Cancellation);
        await using WatchedPage watched = await browser.OpenAsync(server.Address, width, ColorScheme.Light);

        // The last one is that of the picture: the desk by day, the phone by night.
        foreach (ColorScheme colors in width < 600 ? new[] { ColorScheme.Light, ColorScheme.Dark } : [ColorScheme.Dark, ColorScheme.Light])
        {
            await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            Assert.Empty(await watched.Page.EvaluateAsync<string[]>(PageScripts.FaintTexts));
        }

        if (Pictured.Contains(report))
        {
            await watched.KeepScreenshotAsync($"{report}-{width}");
        }

        // The schemes differ in colors alone.
        Assert.Equal(width, await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await watched.Page.EvaluateAsync<string[]>(PageScripts.OverlappingTexts));
        Assert.Empty(await watched.Page.EvaluateAsync<string[]>(PageScripts.TextsBeyondTheEdge));
        Assert.Empty(await watched.Page.EvaluateAsync<string[]>(PageScripts.SmallTexts));
        Assert.Empty(watched.Complaints);
        Every.One(watched.Requests, request => Assert.True(request.Scheme == "data" || request.Authority == server.Address.Authority, request.ToString()));
    }

    [Theory]
    [InlineData("week")]
    [InlineData("priced")]
    public async Task No_table_is_cut_off_on_a_desk_and_on_a_phone_one_sees_that_it_goes_on(string report)
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(Report(report)), Cancellation);
        await using WatchedPage desk = await browser.OpenAsync(server.Address, 1280, ColorScheme.Light);
        await using WatchedPage phone = await browser.OpenAsync(server.Address, 360, ColorScheme.Light);

        const string Beyond = "(() => { const table = document.getElementById('backends-table'); return table.scrollWidth - table.clientWidth; })()";
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>(Beyond));
        Assert.False(await desk.Page.Locator("#backends .more").IsVisibleAsync());
        Assert.NotEqual(0, await phone.Page.EvaluateAsync<int>(Beyond));
        Assert.True(await phone.Page.Locator("#backends .more").IsVisibleAsync());
    }

    /// <summary>The questions to the page find what they look for, where somebody has put it there.</summary>
    [Theory]
    [InlineData(PageScripts.OverlappingTexts, "document.querySelector('h1').style.marginBottom = '-30px'")]
    [InlineData(PageScripts.OverlappingTexts, "document.querySelectorAll('.time:not(.minor)')[1].setAttribute('x', document.querySelector('.time:not(.minor)').getAttribute('x'))")]
    [InlineData(PageScripts.TextsBeyondTheEdge, "document.querySelector('h1').style.marginLeft = '-40px'")]
    [InlineData(PageScripts.SmallTexts, "document.querySelector('.count').style.fontSize = '11px'")]
    [InlineData(PageScripts.FaintTexts, "document.querySelector('.count').style.fill = '#999'")]
    [InlineData(PageScripts.FaintTexts, "document.querySelector('h1').style.color = '#888'")]
    public async Task The_questions_find_faults(string question, string fault)
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(SampleReport.Week()), Cancellation);
        await using WatchedPage watched = await browser.OpenAsync(server.Address, 360, ColorScheme.Light);
        Assert.Empty(await watched.Page.EvaluateAsync<string[]>(question));

        await watched.Page.EvaluateAsync(fault);

        Assert.NotEmpty(await watched.Page.EvaluateAsync<string[]>(question));
    }

    private static DistributionReport Report(string name) => name switch
    {
        "balanced" => SampleReport.Balanced(),
        "week" => SampleReport.Week(),
        "hostile" => SampleReport.Hostile(),
        "priced" => SampleReport.Priced(),
        "failing" => SampleReport.Failing(),
        _ => SampleReport.Empty(),
    };
}
