using System.Net;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Records;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>The token limit of the deployed policy, and what else the element can do.</summary>
public sealed class LlmTokenLimitTests : IAsyncLifetime
{
    private readonly GatewayFolder _folder = new();
    private StubBackend _backend = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _backend = await StubBackend.StartAsync("swedencentral");

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task The_limit_is_that_of_backends_json()
    {
        await using var gateway = await TestGateway.StartAsync(_backend.Url, _backend.Url);
        _backend.Handler = Stub.Answer(200, Answers.Chat(40_000, 100));
        using var first = await gateway.SendAsync(Operation.Chat);
        using var second = await gateway.SendAsync(Operation.Chat);

        Assert.Equal(("9900", "40100"), Headers(first));
        Assert.Equal(("0", "40100"), Headers(second));
        await ExpectRefusalAsync(gateway, Operation.Chat, 429, "Token limit is exceeded. Try again in 60 seconds.", "60");
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("streamed chat")]
    [InlineData("embeddings")]
    public async Task When_the_tokens_are_used_up_the_caller_is_told_when_to_come_again(string operation)
    {
        await using var gateway = await StartAsync(100);
        _backend.Handler = AnswerTo(Operation.Named(operation), 99, 0);
        (await gateway.SendAsync(Operation.Named(operation))).Dispose();
        gateway.Time.Advance(TimeSpan.FromSeconds(5.5));
        (await gateway.SendAsync(Operation.Named(operation))).Dispose();
        var asked = _backend.Requests.Count;

        await ExpectRefusalAsync(gateway, Operation.Named(operation), 429, "Token limit is exceeded. Try again in 55 seconds.", "55");
        gateway.Time.Advance(TimeSpan.FromSeconds(54));
        await ExpectRefusalAsync(gateway, Operation.Named(operation), 429, "Token limit is exceeded. Try again in 1 seconds.", "1");
        Assert.Equal(asked, _backend.Requests.Count);
        Assert.Equal("TokenLimitExceeded", gateway.Log.Records.Last().LastErrorReason);
        Assert.Empty(gateway.Log.Records.Last().Attempts);

        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        using var response = await gateway.SendAsync(Operation.Named(operation));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Every_subscription_has_a_count_of_its_own()
    {
        await using var gateway = await StartAsync(100, options => options with
        {
            Subscriptions = [GatewaySubscription.Local, new("other", "Another app", "other key")],
        });
        _backend.Handler = Stub.Answer(200, Answers.Chat(100, 0));
        (await gateway.SendAsync(Operation.Chat)).Dispose();
        await ExpectRefusalAsync(gateway, Operation.Chat, 429, "Token limit is exceeded. Try again in 60 seconds.", "60");

        using var request = Operation.Chat.CreateRequest();
        request.Headers.Add("api-key", "other key");
        using var client = new HttpClient { BaseAddress = gateway.Endpoint };
        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Calls_at_the_same_time_overshoot_and_are_counted()
    {
        await using var gateway = await StartAsync(100);
        var all = new TaskCompletionSource();
        var arrived = 0;
        _backend.Handler = async http =>
        {
            if (Interlocked.Increment(ref arrived) == 5)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(http.RequestAborted);
            await Stub.Answer(200, Answers.Chat(60, 30))(http);
        };

        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => gateway.SendAsync(Operation.Chat)));

        Every.One(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        await ExpectRefusalAsync(gateway, Operation.Chat, 429, "Token limit is exceeded. Try again in 60 seconds.", "60");
        Assert.Equal(450, gateway.Log.Records.Sum(record => record.Usage?.TotalTokens ?? 0));
    }

    [Fact]
    public async Task A_streams_headers_leave_before_its_tokens_are_known()
    {
        await using var gateway = await StartAsync(100);
        _backend.Handler = AnswerTo(Operation.StreamedChat, 20, 10);
        using var first = await gateway.SendAsync(Operation.StreamedChat);
        using var second = await gateway.SendAsync(Operation.StreamedChat);

        Assert.Equal(("100", null), Headers(first));
        Assert.Equal(("70", null), Headers(second));
        Assert.Equal(new LlmUsage("gpt-5.4-mini", "gpt-5.4-mini-2026", 20, 10, 30, true), gateway.Log.Records.First().Usage);
    }

    [Fact]
    public async Task A_stream_that_tells_no_usage_is_estimated()
    {
        await using var gateway = await StartAsync(100);
        _backend.Handler = Answers.InPieces("text/event-stream", [Encoding.UTF8.GetBytes(Answers.Stream(words: 12, usage: null))]);
        (await gateway.SendAsync(Operation.StreamedChat)).Dispose();

        var usage = (await gateway.Log.NextAsync()).Usage!;
        Assert.Equal(12, usage.CompletionTokens);
        Assert.Equal((Operation.StreamedChat.Body.Length + 3) / 4, usage.PromptTokens);
    }

    [Fact]
    public async Task A_long_answer_that_is_no_stream_tells_what_it_took()
    {
        await using var gateway = await StartAsync(100_000);
        var body = Encoding.UTF8.GetBytes(Answers.Embeddings(500, 600_000));
        _backend.Handler = Answers.InPieces("application/json", body.Chunk(10_000).Select(piece => (ReadOnlyMemory<byte>)piece));
        using var response = await gateway.SendAsync(Operation.Embeddings);

        Assert.Equal(("99500", "500"), Headers(response));
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_without_end_is_not_held_for_its_headers()
    {
        await using var gateway = await StartAsync(100_000);
        var callerHasHeaders = new TaskCompletionSource();
        var body = Encoding.UTF8.GetBytes(Answers.Embeddings(500, 3_000_000));
        _backend.Handler = async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(body.AsMemory(0, 2_000_000), http.RequestAborted);
            await callerHasHeaders.Task.WaitAsync(http.RequestAborted);
            await http.Response.Body.WriteAsync(body.AsMemory(2_000_000), http.RequestAborted);
        };
        using var response = await gateway.Client.SendAsync(Operation.Embeddings.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        callerHasHeaders.SetResult();

        Assert.Equal(("100000", null), Headers(response));
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(500, (await gateway.Log.NextAsync()).Usage!.TotalTokens);
    }

    [Fact]
    public async Task An_instance_is_asked_for_answers_that_can_be_read()
    {
        await using var gateway = await StartAsync(1000);
        using var request = Operation.Chat.CreateRequest();
        request.Headers.Add("Accept-Encoding", "gzip, br");
        (await gateway.Client.SendAsync(request, Cancellation)).Dispose();

        Assert.DoesNotContain("Accept-Encoding", _backend.Requests.Single().Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("text/plain")]
    [InlineData("no JSON")]
    [InlineData("400")]
    public async Task What_can_not_be_read_is_passed_on_and_not_counted(string what)
    {
        await using var gateway = await StartAsync(10);
        var text = what == "no JSON" ? "{\"usage\":{\"total_tokens\":1" : Answers.Chat(60, 30);
        var body = Encoding.UTF8.GetBytes(text);
        _backend.Handler = async http =>
        {
            http.Response.StatusCode = what == "400" ? 400 : 200;
            http.Response.ContentType = what == "text/plain" ? what : "application/json";
            http.Response.Headers.ContentEncoding = what == "gzip" ? what : default;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        };
        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Null((await gateway.Log.NextAsync()).Usage);
        Assert.Equal(("10", null), Headers(response));
    }

    [Fact]
    public async Task The_older_names_of_the_elements_are_theirs()
    {
        _folder.WithPolicy(inbound: """
            <azure-openai-token-limit counter-key="all" tokens-per-minute="100" estimate-prompt-tokens="false" remaining-tokens-header-name="remaining-tokens" remaining-tokens-variable-name="left" />
            <azure-openai-emit-token-metric><dimension name="API ID" /></azure-openai-emit-token-metric>
            <set-header name="x-left"><value>@(context.Variables["left"].ToString())</value></set-header>
            """);
        await using var gateway = await StartAsync();
        _backend.Handler = Stub.Answer(200, Answers.Chat(60, 30));
        using var first = await gateway.SendAsync(Operation.Chat);
        using var second = await gateway.SendAsync(Operation.Chat);
        using var third = await gateway.SendAsync(Operation.Chat);

        Assert.Equal(("10", "0"), (Header(first, "remaining-tokens"), Header(second, "remaining-tokens")));
        Assert.Equal(["100", "10"], _backend.Requests.Select(request => request.Headers["x-left"]));
        Assert.Equal(429, (int)third.StatusCode);
    }

    [Fact]
    public async Task What_a_stream_has_told_counts_even_when_it_breaks_off()
    {
        await using var gateway = await StartAsync(100);
        var callerHasUsage = new TaskCompletionSource();
        _backend.Handler = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync($"data: {{\"usage\":{Answers.Usage(20, 5)}}}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await callerHasUsage.Task;
            http.Abort();
        };
        using var response = await gateway.Client.SendAsync(Operation.StreamedChat.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        await stream.ReadExactlyAsync(new byte[10], Cancellation);
        callerHasUsage.SetResult();

        Assert.Equal(25, (await gateway.Log.NextAsync()).Usage!.TotalTokens);
    }

    [Fact]
    public async Task Two_limits_with_one_key_share_a_counter()
    {
        const string Limit = """<llm-token-limit counter-key="all" tokens-per-minute="100" estimate-prompt-tokens="false" remaining-tokens-header-name="left" />""";
        _folder.WithPolicy(inbound: Limit + Limit);
        await using var gateway = await StartAsync();
        _backend.Handler = Stub.Answer(200, Answers.Chat(60, 10));
        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal("30", response.Headers.GetValues("left").Single());
    }

    [Theory]
    [InlineData("tokens-per-minute=\"1\" estimate-prompt-tokens=\"false\"", "needs the attribute counter-key")]
    [InlineData("counter-key=\"a\" tokens-per-minute=\"1\"", "needs the attribute estimate-prompt-tokens")]
    [InlineData("counter-key=\"a\" tokens-per-minute=\"1\" estimate-prompt-tokens=\"true\"", "estimate-prompt-tokens of <llm-token-limit> is \"true\"; the local gateway only knows \"false\"")]
    [InlineData("counter-key=\"a\" estimate-prompt-tokens=\"false\"", "needs the attribute tokens-per-minute")]
    [InlineData("counter-key=\"a\" tokens-per-minute=\"0\" estimate-prompt-tokens=\"false\"", "tokens-per-minute of <llm-token-limit> is \"0\"; it must be a whole number above 0")]
    [InlineData("counter-key=\"a\" tokens-per-minute=\"@(1)\" estimate-prompt-tokens=\"false\"", "tokens-per-minute of <llm-token-limit> takes no expression")]
    [InlineData("counter-key=\"a\" tokens-per-minute=\"1\" estimate-prompt-tokens=\"false\" burst=\"2\"", "knows no attribute burst of <llm-token-limit>; known are counter-key, estimate-prompt-tokens, id, remaining-tokens-header-name")]
    public async Task It_refuses(string attributes, string expected)
    {
        _folder.With("policy.xml", $"<policies><inbound>\n<llm-token-limit {attributes} /></inbound><backend><base /></backend></policies>");

        var exception = await Assert.ThrowsAsync<GatewayConfigurationException>(() => StartAsync());

        Assert.Contains("policy.xml(2): ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static (string? Remaining, string? Consumed) Headers(HttpResponseMessage response) => (Header(response, "remaining-tokens"), Header(response, "consumed-tokens"));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static Func<HttpContext, Task> AnswerTo(Operation operation, int prompt, int completion) =>
        operation == Operation.StreamedChat ? Answers.InPieces("text/event-stream", [Encoding.UTF8.GetBytes(Answers.Stream(3, Answers.Usage(prompt, completion)))])
        : Stub.Answer(200, operation == Operation.Chat ? Answers.Chat(prompt, completion) : Answers.Embeddings(prompt, 8192));

    private static async Task ExpectRefusalAsync(TestGateway gateway, Operation operation, int status, string message, string retryAfter)
    {
        using var response = await gateway.SendAsync(operation);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(retryAfter, Header(response, "Retry-After"));
        Assert.Equal(("0", null), Headers(response));
        Assert.Equal("0", Header(response, "X-Backend-Retry"));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(["statusCode", "message"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(status, json.RootElement.GetProperty("statusCode").GetInt32());
        Assert.Equal(message, json.RootElement.GetProperty("message").GetString());
    }

    private Task<TestGateway> StartAsync(int tokensPerMinute, Func<GatewayOptions, GatewayOptions>? configure = null) =>
        TestGateway.StartAsync(_backend.Url, _backend.Url, options => (configure?.Invoke(options) ?? options) with
        {
            NamedValues = new Dictionary<string, string> { ["openai-tokens-per-minute"] = $"{tokensPerMinute}" },
        });

    private Task<TestGateway> StartAsync() => TestGateway.StartAsync(
        _folder.Path, new() { ["openai-primary"] = new BackendAddress(_backend.Url), ["openai-secondary"] = new BackendAddress(_backend.Url) });
}
