using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Limits;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_minute_s_tokens_used_up_answer_429_until_the_minute_is_over()
    {
        var time = new FakeTimeProvider();
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { TokensPerMinute = 10 }, time);

        using HttpResponseMessage first = await model.ChatAsync(ModelHarness.Greeting);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("10", Header(first, "x-ratelimit-limit-tokens"));
        Assert.Equal("0", Header(first, "x-ratelimit-remaining-tokens"));

        time.Advance(TimeSpan.FromSeconds(18.5));
        using HttpResponseMessage second = await model.ChatAsync(ModelHarness.Greeting);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("42", Header(second, "retry-after"));
        Assert.Equal("41500", Header(second, "retry-after-ms"));
        Assert.Equal("0", Header(second, "x-ratelimit-remaining-tokens"));
        JsonElement error = await ModelHarness.ErrorAsync(second);
        Assert.Equal("429", error.GetProperty("code").GetString());
        Assert.Contains("exceeded token rate limit", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("retry after 42 seconds", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromSeconds(int.Parse(Header(second, "retry-after"), CultureInfo.InvariantCulture)));
        using HttpResponseMessage third = await model.ChatAsync(ModelHarness.Greeting);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Requests_have_a_limit_of_their_own()
    {
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { RequestsPerMinute = 2 }, new FakeTimeProvider());

        using HttpResponseMessage first = await model.ChatAsync(ModelHarness.Greeting);
        using HttpResponseMessage second = await model.ChatAsync(ModelHarness.Greeting);
        using HttpResponseMessage third = await model.ChatAsync(ModelHarness.Greeting);

        Assert.Equal("1", Header(first, "x-ratelimit-remaining-requests"));
        Assert.Equal("0", Header(second, "x-ratelimit-remaining-requests"));
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Contains("call rate limit", (await ModelHarness.ErrorAsync(third)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_deployment_has_its_own_minute()
    {
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { RequestsPerMinute = 1 }, new FakeTimeProvider());

        using HttpResponseMessage chat = await model.ChatAsync(ModelHarness.Greeting);
        using HttpResponseMessage embedding = await model.PostAsync(ModelHarness.EmbeddingPath, ModelHarness.OneInput);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (chat.StatusCode, embedding.StatusCode));
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
