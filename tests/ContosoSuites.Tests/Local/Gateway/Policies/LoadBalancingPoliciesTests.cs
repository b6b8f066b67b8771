using System.Globalization;
using System.Net;
using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>Policies of the shapes that public samples have load, and do what such samples are written for.</summary>
public sealed class LoadBalancingPoliciesTests : IAsyncLifetime
{
    private readonly GatewayFolder _folder = new();
    private StubBackend _first = null!;
    private StubBackend _second = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _first = await StubBackend.StartAsync("swedencentral");
        _second = await StubBackend.StartAsync("francecentral");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_pool_is_asked_again_and_shows_as_busy_when_nobody_is_left()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.PoolWithRetry);
        _first.Handler = Stub.Answer(429, "", "20");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway));
        Assert.Equal((1, 1), (_first.Requests.Count, _second.Requests.Count));

        _second.Handler = Stub.Answer(503, "", "20");
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(gateway));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(gateway));
        Assert.Equal((1, 2), (_first.Requests.Count, _second.Requests.Count));

        gateway.Time.Advance(TimeSpan.FromSeconds(21));
        _first.Handler = _second.Handler = Stub.Answer(200, "{}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway));
    }

    [Fact]
    public async Task A_condition_that_needs_a_response_leaves_a_failed_call_its_own_error()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.PoolWithRetry);
        _first.Handler = _second.Handler = Stub.Reset;

        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync(gateway));
        Assert.Equal("BackendConnectionFailure", (await gateway.Log.NextAsync()).LastErrorReason);
        Assert.Equal(1, _first.Requests.Count + _second.Requests.Count);
    }

    [Fact]
    public async Task A_list_of_urls_fails_over_by_priority_and_comes_back()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.ListInCache
            .Replace("FIRST", _first.Url.AbsoluteUri, StringComparison.Ordinal)
            .Replace("SECOND", _second.Url.AbsoluteUri, StringComparison.Ordinal));

        Assert.Equal("0", await ChosenAsync(gateway));

        _first.Handler = Stub.Answer(429, "", "30");
        Assert.Equal("1", await ChosenAsync(gateway));
        Assert.Equal("1", await ChosenAsync(gateway));
        Assert.Equal((2, 2), (_first.Requests.Count, _second.Requests.Count));

        gateway.Time.Advance(TimeSpan.FromSeconds(31));
        _first.Handler = Stub.Answer(200, "{}");
        Assert.Equal("0", await ChosenAsync(gateway));

        // Nobody else adds credentials to what is just a URL.
        Every.One(_first.Requests.Concat(_second.Requests), request =>
        {
            Assert.Equal("Bearer " + BackendAddress.ManagedIdentityToken, request.Headers["Authorization"]);
            Assert.False(request.Headers.ContainsKey("api-key"));
        });
    }

    [Fact]
    public async Task A_list_of_urls_that_all_throttle_is_asked_once_each()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.ListInCache
            .Replace("FIRST", _first.Url.AbsoluteUri, StringComparison.Ordinal)
            .Replace("SECOND", _second.Url.AbsoluteUri, StringComparison.Ordinal));
        _first.Handler = _second.Handler = Stub.Answer(429, "", "30");

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(gateway));

        Assert.Equal((1, 1), (_first.Requests.Count, _second.Requests.Count));
    }

    [Fact]
    public async Task What_a_policy_changes_in_a_cached_list_stays_its_own_until_it_is_stored()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.ListInCache
            .Replace("FIRST", _first.Url.AbsoluteUri, StringComparison.Ordinal)
            .Replace("SECOND", _second.Url.AbsoluteUri, StringComparison.Ordinal));
        var failing = 0;
        _first.Handler = http => Interlocked.Increment(ref failing) % 3 == 0 ? Stub.Answer(429, "", "0")(http) : Stub.Answer(200, "{}")(http);

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (_, _) =>
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway)));
    }

    [Theory]
    [InlineData("""{"stream":true,"messages":[]}""", """{"stream":true,"messages":[]}""", "True")]
    [InlineData("""{"messages":[],"max_tokens":300}""", """{"messages":[],"max_tokens":300}""", "False")]
    [InlineData("""{"messages":[],"max_tokens":9000}""", """{"messages":[],"max_tokens":500}""", "False")]
    public async Task A_body_that_was_looked_into_goes_on_as_it_was_or_as_it_was_made(string body, string forwarded, string streams)
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.BodyInspection);

        using var response = await gateway.Client.PostAsync(
            new Uri("openai/deployments/gpt-5.4-mini/chat/completions?api-version=1", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal(streams, response.Headers.GetValues("x-streams").Single());
        var request = Assert.Single(_second.Requests);
        Assert.Equal(("/openai/deployments/gpt-5.4/chat/completions?api-version=1", forwarded), (request.Target, request.Body));
    }

    [Fact]
    public async Task A_header_chooses_the_tier_and_retries_are_for_answers_that_do_not_stream()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.BodyInspection);
        gateway.Client.DefaultRequestHeaders.Add("x-tier", "premium");
        var calls = 0;
        _first.Handler = http => Stub.Answer(Interlocked.Increment(ref calls) == 1 ? 501 : 200, "{}")(http);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway));

        Assert.Equal((2, 0), (_first.Requests.Count, _second.Requests.Count));
    }

    [Fact]
    public async Task A_returned_response_can_say_what_the_replaced_one_said()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.OwnWords);
        _first.Handler = Stub.Answer(429, "the model's own words", "17");

        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal((429, "17"), ((int)response.StatusCode, response.Headers.RetryAfter?.ToString()));
        Assert.Equal("""{"busy":true,"region":"swedencentral"}""", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.False(response.Headers.Contains("x-ms-region"));
    }

    [Fact]
    public async Task An_error_is_traced_and_answered()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.OwnWords);
        _first.Handler = Stub.Reset;

        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal((502, "No answer", "BackendConnectionFailure"), ((int)response.StatusCode, response.ReasonPhrase, response.Headers.GetValues("x-reason").Single()));
        var trace = Assert.Single((await gateway.Log.NextAsync()).Traces);
        Assert.Equal(("models", "error", "forward-request: BackendConnectionFailure"), (trace.Source, trace.Severity, trace.Message));
        Assert.Equal([KeyValuePair.Create("section", "backend"), KeyValuePair.Create("path", "forward-request[1]")], trace.Metadata);
    }

    [Fact]
    public async Task Turns_in_the_cache_alternate()
    {
        await using var gateway = await StartAsync(LoadBalancingPolicies.CounterInCache);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway));
            Assert.Equal(((i / 2) + 1, (i + 1) / 2), (_first.Requests.Count, _second.Requests.Count));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway)
    {
        using var response = await gateway.SendAsync(Operation.Chat);
        return response.StatusCode;
    }

    private static async Task<string> ChosenAsync(TestGateway gateway)
    {
        using var response = await gateway.SendAsync(Operation.Chat);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.GetValues("x-chosen").Single().ToString(CultureInfo.InvariantCulture);
    }

    private Task<TestGateway> StartAsync(string policy) => TestGateway.StartAsync(_folder.With("policy.xml", policy).Path, new()
    {
        ["openai-primary"] = new BackendAddress(_first.Url),
        ["openai-secondary"] = new BackendAddress(_second.Url),
    });
}
