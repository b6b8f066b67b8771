using System.Net;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>
/// What the caller learns when nobody can serve it: 429 or 503, and when to come again. Every case in all ways in which a
/// pool without an available backend may show to the policy.
/// </summary>
public sealed class ThrottlingTests
{
    public static TheoryData<string> Ways => [.. Enum.GetNames<EmptyPool>()];

    [Theory, MemberData(nameof(Ways))]
    public async Task When_all_throttle_the_soonest_Retry_After_of_any_is_told(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(429, "", "30"), Stub.Answer(429, "", "7"));

        await system.ExpectAsync(429, retryAfter: "7", retries: "1");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_request_that_arrives_while_all_are_throttled_is_told_the_seconds_that_are_left(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(429, "", "30"), Stub.Answer(429, "", "20"));
        await system.ExpectAsync(429, retryAfter: "20", retries: "1");

        system.Gateway.Time.Advance(TimeSpan.FromSeconds(4.5));

        await system.ExpectAsync(429, retryAfter: "16", retries: "0");
        Assert.Equal(2, system.RequestCount);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task An_instance_that_comes_back_only_to_throttle_again_does_not_hide_the_other(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(429, "", "30"), Stub.Answer(429, "", "10"));
        await system.ExpectAsync(429, retryAfter: "10", retries: "1");

        system.Second.Handler = Stub.Answer(429, "", "60");
        system.Gateway.Time.Advance(TimeSpan.FromSeconds(15));

        await system.ExpectAsync(429, retryAfter: "15", retries: "0");
        await system.ExpectAsync(429, retryAfter: "15", retries: "0");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task When_the_time_is_over_the_instances_are_asked_again(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(429, "", "30"), Stub.Answer(429, "", "7"));
        await system.ExpectAsync(429, retryAfter: "7", retries: "1");

        system.Second.Handler = Stub.Answer(200, "{}");
        system.Gateway.Time.Advance(TimeSpan.FromSeconds(7));

        await system.ExpectAsync(200, retryAfter: null, retries: "0");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Retry_After_may_be_a_date(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(
            way, Stub.Answer(429, "", "Sun, 01 Mar 2026 12:00:40 GMT"), Stub.Answer(429, "", "Sun, 01 Mar 2026 12:00:25 GMT"));

        await system.ExpectAsync(429, retryAfter: "25", retries: "1");
        system.Gateway.Time.Advance(TimeSpan.FromSeconds(24));
        await system.ExpectAsync(429, retryAfter: "1", retries: "0");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999999999")]
    [InlineData("Sun, 99 Foo 2026 12:00:40 GMT")]
    public async Task Without_a_Retry_After_that_makes_sense_the_breakers_own_time_is_told(string retryAfter)
    {
        await using var system = await SystemUnderTest.StartAsync(nameof(EmptyPool.IsError), Stub.Answer(429, "", retryAfter), Stub.Answer(429, ""));

        await system.ExpectAsync(429, retryAfter: "10", retries: "1");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Instances_that_are_broken_are_not_called_throttled(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(500, ""), Stub.Answer(502, ""));
        await system.ExpectAsync(503, retryAfter: "10", retries: "1");

        await system.ExpectAsync(503, retryAfter: "10", retries: "0");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Throttled_and_broken_is_503_with_the_soonest_return(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(429, "", "3"), Stub.Answer(500, ""));
        await system.ExpectAsync(503, retryAfter: "3", retries: "1");

        await system.ExpectAsync(503, retryAfter: "3", retries: "0");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Throttled_and_out_of_reach_is_503_with_the_return_that_is_known(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(429, "", "3"), Stub.Reset);

        // The one is asked once, the other twice.
        await system.ExpectAsync(503, retryAfter: "3", retries: "2");
        Assert.Equal((1, 2), (system.First.Requests.Count, system.Second.Requests.Count));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Out_of_reach_and_then_throttled_is_503_too(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Reset, Stub.Answer(429, "", "3"));

        await system.ExpectAsync(503, retryAfter: "3", retries: "2");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Different_failures_are_503(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(408, ""), Stub.Answer(429, "", "5"));

        await system.ExpectAsync(503, retryAfter: "5", retries: "1");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_single_throttled_attempt_with_the_other_breaker_open_is_429(string way)
    {
        await using var system = await SystemUnderTest.StartAsync(way, Stub.Answer(500, ""), Stub.Answer(200, "{}"));
        await system.ExpectAsync(200, retryAfter: null, retries: "1");

        system.Second.Handler = Stub.Answer(429, "", "4");

        await system.ExpectAsync(429, retryAfter: "4", retries: "0");
    }

    [Fact]
    public async Task A_conflict_between_failures_is_one_of_them()
    {
        await using var system = await SystemUnderTest.StartAsync(nameof(EmptyPool.IsError), Stub.Answer(409, "", "1"), Stub.Answer(429, "", "2"));

        // 409, 429, and the 409 again, as its breaker is closed.
        await system.ExpectAsync(409, retryAfter: "1", retries: "2");
    }

    private sealed class SystemUnderTest(StubBackend first, StubBackend second, TestGateway gateway) : IAsyncDisposable
    {
        public StubBackend First => first;

        public StubBackend Second => second;

        public TestGateway Gateway => gateway;

        public int RequestCount => first.Requests.Count + second.Requests.Count;

        public static async Task<SystemUnderTest> StartAsync(string way, Func<HttpContext, Task> first, Func<HttpContext, Task> second)
        {
            var one = await StubBackend.StartAsync("swedencentral", first);
            var other = await StubBackend.StartAsync("francecentral", second);
            return new(one, other, await TestGateway.StartAsync(one.Url, other.Url, options => options with { EmptyPool = Enum.Parse<EmptyPool>(way) }));
        }

        public async Task ExpectAsync(int status, string? retryAfter, string retries)
        {
            using var response = await gateway.SendAsync(Operation.Chat);

            Assert.Equal((HttpStatusCode)status, response.StatusCode);
            Assert.Equal(retryAfter, response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null);
            Assert.Equal(retries, response.Headers.GetValues("X-Backend-Retry").Single());
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            await first.DisposeAsync();
            await second.DisposeAsync();
        }
    }
}
