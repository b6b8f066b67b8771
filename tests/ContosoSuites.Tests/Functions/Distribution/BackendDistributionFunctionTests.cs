using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution;

/// <summary>GET api/BackendDistribution, over HTTP.</summary>
public sealed class BackendDistributionFunctionTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private readonly HttpClient _app = shared.System.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IDistributionStore Store => shared.System.Local.App!.Worker.Services!.GetRequiredService<IDistributionStore>();

    [Fact]
    public async Task Reports_who_served_what()
    {
        await StoreAsync(
            2027,
            Bins.Bin(0, "openai-primary", 30),
            Bins.Bin(1, "openai-primary", 10) with { AverageBackendMs = 300, P95BackendMs = 900, Throttled = 4, Retries = 4 },
            Bins.Bin(1, "openai-secondary", 155),
            Bins.Bin(1, "openai-secondary", 5, "embedding") with { TokensByFunction = new Dictionary<string, long> { ["Vectorize"] = 55 } },
            Bins.Bin(2, "retired.example", 50));

        JsonElement report = await GetAsync("?from=2027-03-01T12:00Z&to=2027-03-01T12:20Z&bin=PT5M");

        Assert.Equal("2027-03-01T12:00:00+00:00", report.GetProperty("from").GetString());
        Assert.Equal("2027-03-01T12:20:00+00:00", report.GetProperty("to").GetString());
        Assert.Equal("PT5M", report.GetProperty("bin").GetString());
        Assert.Equal(250, report.GetProperty("totals").GetProperty("requests").GetInt64());
        JsonElement[] backends = [.. report.GetProperty("backends").EnumerateArray()];
        Assert.Equal(["openai-primary", "openai-secondary", "retired.example"], backends.Select(backend => backend.GetProperty("backend").GetString()));
        Assert.Equal([0.16, 0.64, 0.2], backends.Select(backend => backend.GetProperty("share").GetDouble()));
        Assert.Equal("swedencentral", backends[0].GetProperty("region").GetString());
        Assert.Equal(JsonValueKind.Null, backends[2].GetProperty("region").ValueKind);

        JsonElement primary = backends[0].GetProperty("figures");
        Assert.Equal((40, 4, 4, 400), (Long(primary, "requests"), Long(primary, "throttled"), Long(primary, "retries"), Long(primary, "promptTokens")));
        Assert.Equal((150, 900), (primary.GetProperty("averageBackendMs").GetDouble(), primary.GetProperty("p95BackendMs").GetDouble()));
        Assert.Equal([30, 10, 0, 0], Series(backends[0]));
        Assert.Equal([0, 160, 0, 0], Series(backends[1]));
        Assert.Equal(["chat", "embedding"], backends[1].GetProperty("deployments").EnumerateObject().Select(deployment => deployment.Name));

        JsonElement group = Assert.Single(report.GetProperty("priorityGroups").EnumerateArray());
        Assert.Equal(200, Long(group, "requests"));
        Assert.Equal("throttled", Assert.Single(group.GetProperty("skew").EnumerateArray(), skew => skew.GetProperty("backend").GetString() == "openai-primary").GetProperty("cause").GetString());
        Assert.Equal(
            [("Chat", 2695), ("Vectorize", 55)],
            report.GetProperty("tokensByFunction").EnumerateArray().Select(entry => (entry.GetProperty("function").GetString(), Long(entry, "tokens"))));
    }

    [Fact]
    public async Task Longer_bins_hold_the_same_figures()
    {
        await StoreAsync(2028, [.. Enumerable.Range(0, 288).Select(i => Bins.Bin(i, i % 2 == 0 ? "openai-primary" : "openai-secondary", i))]);

        foreach ((string bin, int count) in new[] { ("PT5M", 288), ("PT15M", 96), ("PT1H", 24), ("PT6H", 4), ("P1D", 2) })
        {
            JsonElement report = await GetAsync($"?from=2028-03-01T12:00Z&to=2028-03-02T12:00Z&bin={bin}");
            Assert.Equal(287 * 288 / 2, Long(report.GetProperty("totals"), "requests"));
            foreach (JsonElement backend in report.GetProperty("backends").EnumerateArray())
            {
                Assert.Equal(count, Series(backend).Length);
                Assert.Equal(Long(backend.GetProperty("figures"), "requests"), Series(backend).Sum());
            }
        }
    }

    [Theory]
    [InlineData("?from=2026-01-01&to=2026-01-02", "PT5M", 288)]
    [InlineData("?from=2026-01-01&to=2026-01-03", "PT15M", 192)]
    [InlineData("?from=2026-01-01&to=2026-01-07", "PT30M", 288)]
    [InlineData("?from=2026-01-01&to=2026-01-08", "PT1H", 168)]
    [InlineData("?from=2026-01-01&to=2026-01-31", "PT3H", 240)]
    [InlineData("?from=2026-01-01&to=2026-03-02", "PT6H", 240)]
    [InlineData("?from=2026-01-01&to=2026-04-01", "PT12H", 180)]
    [InlineData("?from=2026-01-01&to=2026-07-20", "P1D", 200)]
    [InlineData("?to=2026-01-02T00:00Z", "PT5M", 288)]
    [InlineData("?from=2026-01-01T00:07:30Z&to=2026-01-01T00:20:01Z", "PT1M", 14)]
    [InlineData("?from=2026-01-01T00:07:30Z&to=2026-01-01T00:20:01Z&bin=PT5M", "PT5M", 4)]
    [InlineData("?from=2026-01-01T10:00Z&to=2026-01-01T10:00:30Z&bin=PT1M", "PT1M", 1)]
    [InlineData("?from=2026-01-01&to=2026-02-04T17:20Z&bin=PT5M", "PT5M", 10000)]
    [InlineData("?from=2000-01-01&to=2190-01-01", "P7D", 9915)]
    public async Task Chooses_a_bin_that_can_be_read_and_widens_the_range_to_whole_ones(string query, string bin, int count)
    {
        JsonElement report = await GetAsync(query);

        Assert.Equal(bin, report.GetProperty("bin").GetString());
        Assert.Equal(count, report.GetProperty("backends")[0].GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_range_it_is_the_last_day_up_to_now()
    {
        JsonElement report = await GetAsync("");

        DateTimeOffset to = report.GetProperty("to").GetDateTimeOffset();
        Assert.InRange(to, DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.InRange(to - report.GetProperty("from").GetDateTimeOffset(), TimeSpan.FromHours(24), TimeSpan.FromHours(24).Add(TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData("?from=yesterday", "from", "ISO 8601")]
    [InlineData("?to=2026-13-01", "to", "ISO 8601")]
    [InlineData("?from=2026-01-02&to=2026-01-01", "range is empty", "before to")]
    [InlineData("?from=2026-01-01&to=2026-01-01", "range is empty", "before to")]
    [InlineData("?from=9000-06-01", "from", "before the year 9000")]
    [InlineData("?to=9999-12-31T23:59:59Z", "to", "before the year 9000")]
    [InlineData("?to=0001-01-01", "to", "from the year 2000")]
    [InlineData("?bin=5m", "bin", "PT5M")]
    [InlineData("?bin=P7D", "bin", "longer than the range")]
    [InlineData("?from=2026-01-01T10:00Z&to=2026-01-01T10:01Z&bin=PT10M", "bin", "longer than the range")]
    [InlineData("?bin=PT5M&bin=PT10M", "bin", "more than once")]
    [InlineData("?bin=PT90S", "bin", "ISO 8601 duration")]
    [InlineData("?bin=PT0S", "bin", "multiple of PT1M")]
    [InlineData("?bin=-PT5M", "bin", "ISO 8601 duration")]
    [InlineData("?bin=P1Y", "bin", "ISO 8601 duration")]
    [InlineData("?bin=P1M", "bin", "ISO 8601 duration")]
    [InlineData("?bin=P", "bin", "ISO 8601 duration")]
    [InlineData("?bin=P1DT", "bin", "ISO 8601 duration")]
    [InlineData("?bin=P367D", "bin", "at most P366D")]
    [InlineData("?bin=P99999999999999D", "bin", "ISO 8601 duration")]
    [InlineData("?from=2026-01-01&to=2026-02-04T17:25Z&bin=PT5M", "10,001 bins of PT5M", "bin=PT15M")]
    [InlineData("?from=2026-01-01&to=2027-06-01&bin=PT5M", "too many bins", "bin=PT3H")]
    [InlineData("?from=2000-01-01&to=8000-01-01", "too many bins", "shorter range")]
    public async Task A_bad_range_is_refused_with_what_to_send(string query, string what, string instead)
    {
        using HttpResponseMessage response = await _app.GetAsync("BackendDistribution" + query, Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, what, instead);
    }

    [Fact]
    public async Task Answers_that_are_the_same_are_not_sent_again()
    {
        const string Address = "BackendDistribution?from=2029-03-01T12:00Z&to=2029-03-01T13:00Z";
        using HttpResponseMessage first = await _app.GetAsync(Address, Cancellation);
        EntityTagHeaderValue tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);
        Assert.Equal("application/json; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache, private", first.Headers.CacheControl?.ToString());

        using HttpResponseMessage same = await GetWithTagAsync(Address, tag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(tag, same.Headers.ETag);
        Assert.Empty(await TestSystem.TextAsync(same));

        await StoreAsync(2029, Bins.Bin(0, "openai-primary", 1));
        using HttpResponseMessage changed = await GetWithTagAsync(Address, tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Names_that_are_no_functions_of_this_app_are_one()
    {
        await StoreAsync(2030, Bins.Bin(0, "openai-primary", 1) with
        {
            TokensByFunction = Enumerable.Range(0, 500).Select(i => $"invented {i}").Append("Chat").Append("").ToDictionary(name => name, _ => 2L),
        });

        JsonElement report = await GetAsync("?from=2030-03-01T12:00Z&to=2030-03-01T12:05Z");

        Assert.Equal(
            [("other", 1000), ("", 2), ("Chat", 2)],
            report.GetProperty("tokensByFunction").EnumerateArray().Select(entry => (entry.GetProperty("function").GetString(), Long(entry, "tokens"))));
    }

    [Fact]
    public async Task Without_prices_nothing_has_a_cost()
    {
        await StoreAsync(2031, Bins.Bin(0, "openai-primary", 1) with { UsageByFunction = new Dictionary<string, FunctionUsage> { ["Chat"] = new(1, 10, 1) } });

        JsonElement report = await GetAsync("?from=2031-03-01T12:00Z&to=2031-03-01T12:10Z&bin=PT5M");

        Assert.Equal(JsonValueKind.Null, report.GetProperty("costs").ValueKind);
        JsonElement function = Assert.Single(report.GetProperty("tokensByFunction").EnumerateArray());
        Assert.Equal(11, Long(function, "tokens"));
        Every.One(["cost", "pricedCalls", "unpricedTokens"], name => Assert.Equal(JsonValueKind.Null, function.GetProperty(name).ValueKind));
        JsonElement primary = report.GetProperty("backends")[0];
        Every.One(
            [report.GetProperty("totals"), primary.GetProperty("figures"), primary.GetProperty("deployments").GetProperty("chat"), .. primary.GetProperty("series").EnumerateArray().Select(point => point.GetProperty("figures"))],
            figures => Assert.Equal(JsonValueKind.Null, figures.GetProperty("cost").ValueKind));
    }

    private static long Long(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static long[] Series(JsonElement backend) =>
        [.. backend.GetProperty("series").EnumerateArray().Select(point => Long(point.GetProperty("figures"), "requests"))];

    private async Task<JsonElement> GetAsync(string query)
    {
        using HttpResponseMessage response = await _app.GetAsync("BackendDistribution" + query, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await TestSystem.TextAsync(response));
        return await TestSystem.JsonAsync(response);
    }

    private async Task<HttpResponseMessage> GetWithTagAsync(string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        return await _app.SendAsync(request, Cancellation);
    }

    /// <summary>Each test has a year of its own in the shared store.</summary>
    private Task<DistributionReplacement> StoreAsync(int year, params DistributionBin[] bins)
    {
        DistributionBin[] moved = [.. bins.Select(bin => bin with { Start = bin.Start.AddYears(year - Bins.Noon.Year) })];
        DateTimeOffset noon = Bins.Noon.AddYears(year - Bins.Noon.Year);
        return Store.ReplaceAsync(noon, noon.AddDays(1), DateTimeOffset.UtcNow, moved, Cancellation);
    }
}
