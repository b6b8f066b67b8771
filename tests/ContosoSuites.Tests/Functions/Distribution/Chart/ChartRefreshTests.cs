using System.Threading.Channels;
using ContosoSuites.Functions.Distribution;
using Microsoft.Playwright;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>The page looks for newer figures by itself, and the reader loses nothing by it.</summary>
public sealed class ChartRefreshTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_newer_figures_and_keeps_the_place_the_focus_and_what_is_unfolded()
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(SampleReport.Week(), refreshSeconds: 1), Cancellation);
        await using WatchedPage watched = await browser.OpenAsync(server.Address, 360, ColorScheme.Light);
        IPage page = watched.Page;
        await page.ClickAsync("#figures-summary");
        await page.EvaluateAsync("document.getElementById('figures-bars').scrollTo(40, 900)");
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight - 1000)");
        string before = await PlaceAsync(page);

        DistributionReport newer = SampleReport.Week();
        server.View = ChartServer.ViewOf(newer with { Totals = newer.Totals with { Requests = 424_242 } }, refreshSeconds: 1);
        await page.WaitForSelectorAsync(".key dd >> text=424,242");

        Assert.Equal(before, await PlaceAsync(page));
        Assert.Contains("figures-summary true 40 900", before, StringComparison.Ordinal);
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task Answers_that_overtake_each_other_bring_back_nothing_old_and_lose_no_place()
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(SampleReport.Week(), refreshSeconds: 3600), Cancellation);
        await using WatchedPage watched = await browser.OpenAsync(server.Address, 360, ColorScheme.Light);
        IPage page = watched.Page;
        await page.ClickAsync("#figures-summary");
        await page.EvaluateAsync("document.getElementById('figures-bars').scrollTo(40, 900)");
        string before = await PlaceAsync(page);
        await page.EvaluateAsync(
            """
            window.shown = [];
            new MutationObserver(() => shown.push(document.querySelector('.key dd').textContent)).observe(document.body, { childList: true });
            """);
        var questions = Channel.CreateUnbounded<IRoute>();
        await page.RouteAsync("**", route => questions.Writer.TryWrite(route));

        // Three questions are asked before the first is answered.
        List<(IRoute Question, IAPIResponse Answer)> held = [];
        DistributionReport report = SampleReport.Week();
        foreach (long requests in new[] { 100_001, 200_002, 300_003 })
        {
            server.View = ChartServer.ViewOf(report with { Totals = report.Totals with { Requests = requests } }, refreshSeconds: 3600);
            await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
            IRoute question = await questions.Reader.ReadAsync(Cancellation);
            held.Add((question, await question.FetchAsync()));
        }

        await AnswerAsync(held[1]);
        await page.WaitForSelectorAsync(".key dd >> text=200,002");
        await page.RunAndWaitForRequestFinishedAsync(() => AnswerAsync(held[0]));
        await AnswerAsync(held[2]);
        await page.WaitForSelectorAsync(".key dd >> text=300,003");

        Assert.Equal(["200,002", "300,003"], await page.EvaluateAsync<string[]>("shown"));
        Assert.Equal(before, await PlaceAsync(page));
        Assert.Empty(watched.Complaints);

        static Task AnswerAsync((IRoute Question, IAPIResponse Answer) held) =>
            held.Question.FulfillAsync(new RouteFulfillOptions { Response = held.Answer });
    }

    [Fact]
    public async Task Says_when_the_app_is_gone_and_recovers_when_it_is_back()
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(SampleReport.Balanced(), refreshSeconds: 1), Cancellation);
        await using WatchedPage watched = await browser.OpenAsync(server.Address, 1280, ColorScheme.Light);
        Assert.False(await watched.Page.IsVisibleAsync("#stale"));

        server.IsDown = true;
        await watched.Page.WaitForSelectorAsync("#stale", new PageWaitForSelectorOptions { State = WaitForSelectorState.Visible });
        Assert.True(await watched.Page.IsVisibleAsync("#requests"));

        server.IsDown = false;
        await watched.Page.WaitForSelectorAsync("#stale", new PageWaitForSelectorOptions { State = WaitForSelectorState.Hidden });
    }

    private static Task<string> PlaceAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const table = document.getElementById('figures-bars');
          return `${scrollY} ${document.activeElement.id} ${document.getElementById('figures').open} ${table.scrollLeft} ${table.scrollTop}`;
        }
        """);
}
