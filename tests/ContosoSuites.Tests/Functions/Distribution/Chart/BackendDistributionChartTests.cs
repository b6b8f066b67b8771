using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>The page as the app serves it, over HTTP and in a browser.</summary>
public sealed class BackendDistributionChartTests(SharedSystem shared, Browser browser) : IClassFixture<SharedSystem>, IClassFixture<Browser>
{
    private readonly HttpClient _app = shared.System.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_a_page_with_an_etag_and_a_policy()
    {
        using HttpResponseMessage response = await _app.GetAsync("BackendDistribution/chart?from=2026-11-20&to=2026-11-21", Cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, response.RequestMessage!.RequestUri);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage same = await _app.SendAsync(again, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Theory]
    [InlineData("last=P2D")]
    [InlineData("from=yesterday")]
    [InlineData("from=2026-01-01&to=2026-12-31&bin=PT5M")]
    public async Task Answers_a_problem_to_a_bad_range(string query)
    {
        using HttpResponseMessage response = await _app.GetAsync($"BackendDistribution/chart?{query}", Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("last=P2D", "PT1H, P1D, P7D")]
    [InlineData("from=yesterday", "ISO 8601")]
    [InlineData("last=P1D&last=P7D", "more than once")]
    public async Task Answers_a_page_to_a_bad_range_where_a_browser_asks(string query, string says)
    {
        await using WatchedPage watched = await browser.OpenAsync(new Uri(_app.BaseAddress!, $"BackendDistribution/chart?code=key&{query}"), 360, ColorScheme.Light);

        Assert.Contains(says, await watched.Page.TextContentAsync(".verdict"), StringComparison.Ordinal);
        await watched.Page.ClickAsync("nav a >> text=7 days");
        await watched.Page.WaitForSelectorAsync("nav a[aria-current] >> text=7 days");
        Assert.EndsWith("?code=key&last=P7D", watched.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_a_first_session_in_minutes_and_nothing_of_the_future()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        var store = system.Local.App!.Worker.Services!.GetRequiredService<IDistributionStore>();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset bin = BinTime.Floor(now, IDistributionStore.BinSize);
        await store.ReplaceAsync(
            bin - IDistributionStore.BinSize, bin + IDistributionStore.BinSize, now,
            [
                new DistributionBin { Start = bin - IDistributionStore.BinSize, Backend = "openai-primary", Deployment = "gpt-4o", Requests = 3, Successes = 3 },
                new DistributionBin { Start = bin, Backend = "openai-primary", Deployment = "gpt-4o", Requests = 4, Successes = 4 },
            ],
            Cancellation);

        string page = await system.App.GetStringAsync("BackendDistribution/chart", Cancellation);
        string day = await system.App.GetStringAsync("BackendDistribution/chart?last=P1D", Cancellation);
        string week = await system.App.GetStringAsync("BackendDistribution/chart?last=P7D", Cancellation);

        Assert.Contains("A bar is 1 minute;", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\">1 hour", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\">24 hours", day, StringComparison.Ordinal);
        string[] present = [.. new[] { now, DateTimeOffset.UtcNow }.Select(time => $" to {time:HH:mm} UTC"), .. new[] { now, DateTimeOffset.UtcNow }.Select(time => string.Create(CultureInfo.InvariantCulture, $" to {time:d MMM yyyy, HH:mm} UTC"))];
        Every.One(new[] { page, day, week }, html => Assert.Contains(present, end => html.Contains(end, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Shows_in_a_browser_what_the_json_says_and_keeps_the_key_from_link_to_link()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset bin = BinTime.Floor(now, IDistributionStore.BinSize);
        var store = shared.System.Local.App!.Worker.Services!.GetRequiredService<IDistributionStore>();
        await store.ReplaceAsync(
            bin, bin + IDistributionStore.BinSize, now,
            [
                new DistributionBin { Start = bin, Backend = "openai-primary", Deployment = "gpt-4o", Requests = 1_234, Successes = 1_234, Throttled = 3, Retries = 3 },
                new DistributionBin { Start = bin, Backend = "openai-secondary", Deployment = "gpt-4o", Requests = 1_240, Successes = 1_240 },
            ],
            Cancellation);
        await store.AdvanceWatermarkAsync(now, Cancellation);
        JsonElement report = await _app.GetFromJsonAsync<JsonElement>("BackendDistribution", Cancellation);

        await using WatchedPage watched = await browser.OpenAsync(new Uri(_app.BaseAddress!, "BackendDistribution/chart?code=key%2B1"), 1280, ColorScheme.Light);
        string total = report.GetProperty("totals").GetProperty("requests").GetInt64().ToString("N0", CultureInfo.InvariantCulture);
        Assert.Equal("2,474", total);
        Assert.Equal(total, await watched.Page.TextContentAsync(".key dd"));
        Assert.Equal("Spread as configured", await watched.Page.TextContentAsync("#verdict-heading"));

        await watched.Page.ClickAsync("nav a >> text=7 days");
        await watched.Page.WaitForSelectorAsync("nav a[aria-current] >> text=7 days");
        Assert.EndsWith("?code=key%2B1&last=P7D", watched.Page.Url, StringComparison.Ordinal);
        Assert.Equal(total, await watched.Page.TextContentAsync(".key dd"));
        Assert.Empty(watched.Complaints);
        Every.One(watched.Requests, request => Assert.True(request.Scheme == "data" || request.Authority == _app.BaseAddress!.Authority, request.ToString()));
    }
}
