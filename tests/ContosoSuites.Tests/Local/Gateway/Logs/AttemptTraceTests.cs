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
    [InlineData(EmptyPool.IsResponseWithReason)]
    public async Task A_pool_with_nobody_to_ask_is_no_attempt(object emptyPool)
    {
        _primary.Handler = Stub.Answer(500, "{}");
        _secondary.Handler = Stub.Answer(429, "{}", retryAfter: "1");
        await using var gateway = await TestGateway.StartAsync(_primary.Url, _secondary.Url, options => options with { EmptyPool = (EmptyPool)emptyPool });

        Assert.Equal(2, (await TracesAsync(gateway, HttpStatusCode.ServiceUnavailable)).Count);
        Assert.Empty(await TracesAsync(gateway, HttpStatusCode.ServiceUnavailable));
    }

    [Fact]
    public async Task A_caller_that_leaves_is_charged_to_the_backend_that_it_waited_for()
    {
        _primary.Handler = Stub.Hang;

        Assert.Equal([$"attempt=1;region=;code=0;host={Host(_primary)};ms=5000"], await LeaveAsync(_primary, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_caller_that_leaves_after_a_silent_attempt_is_not_charged_to_the_one_that_had_just_begun()
    {
        _primary.Handler = Stub.Hang;
        _secondary.Handler = Stub.Hang;

        Assert.Equal([$"attempt=1;region=;code=0;host={Host(_primary)};ms=60000"], await LeaveAsync(_secondary, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_caller_that_leaves_after_a_refusal_is_charged_to_the_silent_attempt()
    {
        _primary.Handler = Stub.Answer(500, "{}");
        _secondary.Handler = Stub.Hang;

        Assert.Equal(
            [$"attempt=1;region=swedencentral;code=500;host={Host(_primary)};ms=0", $"attempt=2;region=;code=0;host={Host(_secondary)};ms=5000"],
            await LeaveAsync(_secondary, TimeSpan.FromSeconds(5)));
    }

    // Leaves so long after the attempt at this backend has begun; those before it that hang are timed out.
    private async Task<IReadOnlyList<string>> LeaveAsync(StubBackend during, TimeSpan after)
    {
        await using var gateway = await TestGateway.StartAsync(_primary.Url, _secondary.Url);
        using var leaving = new CancellationTokenSource();
        var call = gateway.Client.SendAsync(Operation.Chat.CreateRequest(), leaving.Token);
        await _primary.ArrivalAsync(TestContext.Current.CancellationToken);
        if (during == _secondary)
        {
            gateway.Time.Advance(_primary.Handler == Stub.Hang ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);
            await _secondary.ArrivalAsync(TestContext.Current.CancellationToken);
        }

        gateway.Time.Advance(after);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var record = await gateway.Log.NextAsync();
        Assert.Equal((499, "ClientConnectionFailure"), (record.ResponseCode, record.LastErrorReason));
        return [.. record.Traces.Select(trace => trace.Message)];
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
