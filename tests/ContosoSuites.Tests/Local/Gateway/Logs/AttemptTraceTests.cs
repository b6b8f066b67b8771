using System.Net;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Logs;

/// <summary>Every attempt is in the traces of its request, in the form that infra/queries reads, and nothing else is.</summary>
public sealed class AttemptTraceTests : IAsyncLifetime
{
    private StubBackend _primary = null!;
    private StubBackend _secondary = null!;

    public async ValueTask InitializeAsync()
    {
        _primary = await StubBackend.StartAsync("swedencentral");
        _secondary = await StubBackend.StartAsync("francecentral");
    }

    public async ValueTask DisposeAsync()
    {
        await _primary.DisposeAsync();
        await _secondary.DisposeAsync();
    }

    [Fact]
    public async Task An_attempt_that_was_answered()
    {
        Assert.Equal([$"attempt=1;region=swedencentral;code=200;host={Host(_primary)};ms=0"], await TracesAsync(HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_throttled_attempt_and_the_one_that_makes_it_good()
    {
        _primary.Handler = Stub.Answer(429, "{}", retryAfter: "1");

        Assert.Equal(
            [$"attempt=1;region=swedencentral;code=429;host={Host(_primary)};ms=0", $"attempt=2;region=francecentral;code=200;host={Host(_secondary)};ms=0"],
            await TracesAsync(HttpStatusCode.OK));
    }

    [Fact]
    public async Task An_attempt_without_a_response_is_told_of_by_the_next()
    {
        _primary.Handler = Stub.Reset;

        Assert.Equal(
            [$"attempt=1;region=;code=0;host={Host(_primary)};ms=0|attempt=2;region=francecentral;code=200;host={Host(_secondary)};ms=0"],
            await TracesAsync(HttpStatusCode.OK));
    }

    [Fact]
    public async Task Attempts_none_of_which_was_answered()
    {
        _primary.Handler = Stub.Reset;
        _secondary.Handler = Stub.Reset;

        var trace = Assert.Single(await TracesAsync(HttpStatusCode.ServiceUnavailable));

        Assert.Equal(
            [$"attempt=1;region=;code=0;host={Host(_primary)};ms=0", $"attempt=2;region=;code=0;host={Host(_secondary)};ms=0"], trace.Split('|')[..2]);
        Assert.StartsWith("attempt=3;region=;code=0;host=", trace.Split('|')[2], StringComparison.Ordinal);
        Assert.Equal(3, _primary.Requests.Count + _secondary.Requests.Count);
    }

    [Fact]
    public async Task An_answer_before_a_reset_is_not_told_twice()
    {
        _primary.Handler = Stub.Answer(500, "{}");
        _secondary.Handler = Stub.Reset;

        var traces = await TracesAsync(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(
            [$"attempt=1;region=swedencentral;code=500;host={Host(_primary)};ms=0", $"attempt=2;region=;code=0;host={Host(_secondary)};ms=0|attempt=3;region=;code=0;host={Host(_secondary)};ms=0"],
            traces);
    }

    [Theory]
    [InlineData(EmptyPool.IsError)]
    [InlineData(EmptyPool.IsResponse)]
    public async Task A_pool_with_nobody_to_ask_is_no_attempt(object emptyPool)
    {
        _primary.Handler = Stub.Answer(500, "{}");
        _secondary.Handler = Stub.Answer(429, "{}", retryAfter: "1");
        await using var gateway = await TestGateway.StartAsync(_primary.Url, _secondary.Url, options => options with { EmptyPool = (EmptyPool)emptyPool });

        Assert.Equal(2, (await TracesAsync(gateway, HttpStatusCode.ServiceUnavailable)).Count);
        Assert.Empty(await TracesAsync(gateway, HttpStatusCode.ServiceUnavailable));
    }

    private static string Host(StubBackend backend) => backend.Url.Authority;

    private static async Task<IReadOnlyList<string>> TracesAsync(TestGateway gateway, HttpStatusCode expected)
    {
        using var response = await gateway.SendAsync(Operation.Chat);
        Assert.Equal(expected, response.StatusCode);
        return [.. (await gateway.Log.NextAsync()).Traces.Select(trace => trace.Message)];
    }

    private async Task<IReadOnlyList<string>> TracesAsync(HttpStatusCode expected)
    {
        await using var gateway = await TestGateway.StartAsync(_primary.Url, _secondary.Url);
        return await TracesAsync(gateway, expected);
    }
}
