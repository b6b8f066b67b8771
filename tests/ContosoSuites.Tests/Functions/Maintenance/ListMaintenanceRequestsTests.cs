using System.Net;
using ContosoSuites.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance;

/// <summary>GET api/MaintenanceRequests.</summary>
public sealed class ListMaintenanceRequestsTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private readonly HttpClient _app = shared.System.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_newest_first_fifty_a_page()
    {
        (List<MaintenanceRequest> items, string? next) = await _app.ListAsync("MaintenanceRequests");

        Assert.Equal(50, items.Count);
        Assert.Equal(items.OrderByDescending(item => item.Date).ThenByDescending(item => item.Id, StringComparer.Ordinal), items);
        Assert.StartsWith("/api/MaintenanceRequests?", next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_of_any_size_make_up_the_same_list(int size)
    {
        List<MaintenanceRequest> all = await _app.ListAllAsync("?hotel_id=2");

        Assert.Equal(all, await _app.ListAllAsync($"?hotel_id=2&page_size={size}"));
    }

    [Fact]
    public async Task Filters_can_be_combined_and_stay_with_the_pages()
    {
        DateTimeOffset since = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        List<MaintenanceRequest> all = await _app.ListAllAsync();
        List<MaintenanceRequest> expected = [.. all.Where(item => item.HotelId == 2 && item.Source == "customer" && item.Date >= since)];

        Assert.NotEmpty(expected);
        Assert.NotEqual(all.Count(item => item.HotelId == 2), expected.Count);
        Assert.Equal(expected, await _app.ListAllAsync("?hotel_id=2&source=CUSTOMER&since=2026-06-01&page_size=1"));
    }

    [Theory]
    [InlineData("2026-06-01")]
    [InlineData("2026-06-01T00:00")]
    [InlineData("2026-06-01T00:00:00Z")]
    [InlineData("2026-06-01T02:00:00%2B02:00")]
    public async Task Since_is_a_day_or_a_moment_in_utc(string since)
    {
        List<MaintenanceRequest> all = await _app.ListAllAsync();

        Assert.Equal(
            all.Where(item => item.Date >= new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)),
            await _app.ListAllAsync($"?since={since}"));
    }

    [Theory]
    [InlineData("?hotel_id=999")]
    [InlineData("?hotel_id=-1")]
    [InlineData("?since=2999-01-01")]
    public async Task A_filter_that_nothing_passes_gives_an_empty_page(string query) => Assert.Empty(await _app.ListAllAsync(query));

    [Theory]
    [InlineData("?hotel_id=&source=&since=&page_size=&continuation_token=")]
    [InlineData("?unknown=x")]
    public async Task Empty_and_unknown_parameters_count_as_absent(string query) =>
        Assert.Equal((await _app.ListAsync("MaintenanceRequests")).Items, (await _app.ListAsync($"MaintenanceRequests{query}")).Items);

    [Theory]
    [InlineData("hotel_id=two", "hotel_id")]
    [InlineData("hotel_id=1.5", "hotel_id")]
    [InlineData("hotel_id=99999999999", "hotel_id")]
    [InlineData("hotel_id=1&hotel_id=2", "hotel_id")]
    [InlineData("hotel_id=1%20OR%201=1", "hotel_id")]
    [InlineData("source=ghost", "staff")]
    [InlineData("source=staff'%20OR%20'1'='1", "staff")]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=01/06/2026", "since")]
    [InlineData("since=2026-13-01", "since")]
    [InlineData("since=2026-06-01T02:00:00+02:00", "%2B")]
    [InlineData("page_size=0", "page_size")]
    [InlineData("page_size=-1", "page_size")]
    [InlineData("page_size=201", "200")]
    [InlineData("page_size=all", "page_size")]
    [InlineData("continuation_token=x", "continuation_token")]
    [InlineData("continuation_token=..%2F..%2Fetc", "continuation_token")]
    [InlineData("continuation_token=%F0%9F%92%A3", "continuation_token")]
    [InlineData("continuation_token=JzsgRFJPUCBUQUJMRSBob3RlbHM7IC0t", "continuation_token")]
    public async Task A_parameter_that_can_not_be_used_is_named(string query, string mention)
    {
        using HttpResponseMessage response = await _app.GetAsync($"MaintenanceRequests?{query}", Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, mention);
    }

    [Fact]
    public async Task Paging_is_stable_while_requests_are_added()
    {
        await using TestSystem system = await TestSystem.StartAsync(("Maintenance:InlineEmbeddingSeconds", "0"));
        List<MaintenanceRequest> before = await system.App.ListAllAsync();
        var seen = new List<MaintenanceRequest>();
        int added = 0;

        for (string? next = "MaintenanceRequests?page_size=7"; next is not null;)
        {
            (List<MaintenanceRequest> items, next) = await system.App.ListAsync(next);
            seen.AddRange(items);

            // One at the top of the list, and one in the middle of what has been read.
            await system.App.StoreAsync(new { hotel_id = 1, source = "staff", details = $"Added {added++}" });
            await system.App.StoreAsync(new { hotel_id = 1, source = "staff", details = $"Added {added++}", date = seen[^1].Date.AddTicks(1) });
        }

        Assert.Equal(before, seen);
        Assert.Equal(before.Count + added, (await system.App.ListAllAsync()).Count);
    }
}
