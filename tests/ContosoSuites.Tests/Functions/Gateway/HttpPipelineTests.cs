using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Local.Host;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>The app's one HttpClient pipeline, seen from a gateway that does as it is told.</summary>
public sealed class HttpPipelineTests : IAsyncLifetime
{
    private const string Completion =
        """
        {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Good day."}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
        """;

    private StubBackend _gateway = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await StubBackend.StartAsync("test-region", Stub.Answer(200, Completion));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Every_call_names_its_function_and_carries_the_key()
    {
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        Assert.Equal("Good day.", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("test-region", Assert.Single(response.Headers.GetValues("x-served-by")));
        StubRequest call = Assert.Single(_gateway.Requests);
        Assert.Equal("Chat", call.Headers["x-contoso-function"]);
        Assert.Equal("local-subscription-key", call.Headers["api-key"]);
        Assert.StartsWith("/openai/deployments/gpt-5.4-mini/chat/completions?api-version=", call.Target, StringComparison.Ordinal);
        Assert.True(call.Headers.ContainsKey("traceparent"), "Without traceparent the gateway's log can not be joined with the function's trace.");
    }

    [Fact]
    public async Task A_model_call_is_part_of_its_callers_trace()
    {
        await using FunctionsHost app = await StartAppAsync();
        using HttpClient client = AnswerRecorder.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Endpoint, "api/Chat")) { Content = JsonContent.Create(new { message = "Hello" }) };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "hotel=12");

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        StubRequest call = Assert.Single(_gateway.Requests);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", call.Headers["traceparent"], StringComparison.Ordinal);
        Assert.Equal("hotel=12", call.Headers["tracestate"]);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(499)]
    [InlineData(504)]
    public async Task A_gateway_that_has_waited_in_vain_is_504(int status)
    {
        _gateway.Handler = Stub.Answer(status, "{}");
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.GatewayTimeout, "Every model instance the gateway tried ran out of time.");
    }

    /// <summary>The model refuses max_tokens, temperature, top_p, penalties and logprobs, and with tools any reasoning effort but its default.</summary>
    [Theory]
    [InlineData("Chat", "*/*")]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("MaintenanceCopilotChat", "*/*")]
    public async Task No_call_has_a_field_that_the_model_might_refuse(string function, string accept)
    {
        await using FunctionsHost app = await StartAppAsync();
        using HttpClient client = AnswerRecorder.CreateClient();
        client.DefaultRequestHeaders.Add("Accept", accept);

        using HttpResponseMessage response = await client.PostAsJsonAsync(new Uri(app.Endpoint, $"api/{function}"), new { message = "Hello" }, Cancellation);

        string[] sent = [.. JsonElement.Parse(Assert.Single(_gateway.Requests).Body).EnumerateObject().Select(field => field.Name)];
        Assert.Superset(new HashSet<string> { "messages", "model", "tools" }, sent.ToHashSet());
        Assert.Empty(sent.Except(["messages", "model", "tools", "tool_choice", "stream", "stream_options"]));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_short_wait_is_waited_for_once_and_the_call_repeated(int status)
    {
        int calls = 0;
        _gateway.Handler = http => Interlocked.Increment(ref calls) == 1
            ? Stub.Answer(status, "{}", retryAfter: "1")(http)
            : Stub.Answer(200, Completion)(http);
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, calls);
        Assert.Equal(_gateway.Requests.First().Body, _gateway.Requests.Last().Body);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_long_wait_is_left_to_the_caller(int status)
    {
        _gateway.Handler = Stub.Answer(status, "{}", retryAfter: "30");
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        await ProblemAssert.IsProblemAsync(response, (HttpStatusCode)status);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
        Assert.Single(_gateway.Requests);
    }

    [Theory]
    [InlineData(500, HttpStatusCode.BadGateway)]
    [InlineData(503, HttpStatusCode.ServiceUnavailable)]
    public async Task There_is_one_retry_and_no_more(int status, HttpStatusCode expected)
    {
        _gateway.Handler = Stub.Answer(status, "{}");
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        await ProblemAssert.IsProblemAsync(response, expected);
        Assert.Equal(2, _gateway.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_within_the_timeout()
    {
        _gateway.Handler = async http =>
        {
            await http.Response.WriteAsync("{\"id\":", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Stub.Hang(http);
        };
        await using FunctionsHost app = await StartAppAsync(("ApiManagement:ModelCallTimeoutSeconds", "1"));

        using HttpResponseMessage response = await ChatAsync(app);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.GatewayTimeout, "ApiManagement:ModelCallTimeoutSeconds");
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public async Task The_first_token_reaches_the_caller_before_the_model_has_said_the_last()
    {
        var firstSeen = new TaskCompletionSource();
        _gateway.Handler = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await SendAsync(http, "Good");
            await firstSeen.Task.WaitAsync(http.RequestAborted);
            await SendAsync(http, " day.");
            await http.Response.WriteAsync(
                """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n",
                http.RequestAborted);
        };
        await using FunctionsHost app = await StartAppAsync();
        using HttpClient client = AnswerRecorder.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Endpoint, "api/Chat")) { Content = new FormUrlEncodedContent([new("message", "Hello")]) };
        request.Headers.Accept.ParseAdd("text/event-stream");

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("""data: {"text":"Good"}""", await reader.ReadLineAsync(Cancellation));
        firstSeen.SetResult();

        string rest = await reader.ReadToEndAsync(Cancellation);
        Assert.Contains("""data: {"text":" day."}""", rest, StringComparison.Ordinal);
        Assert.Contains("event: done", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content_filter", HttpStatusCode.BadRequest, "content filter")]
    [InlineData("context_length_exceeded", HttpStatusCode.BadRequest, "too long")]
    [InlineData("invalid_request_error", HttpStatusCode.BadGateway, "AzureOpenAI:DeploymentName")]
    public async Task What_the_model_refuses_is_told_apart_by_its_code(string code, HttpStatusCode status, string mention)
    {
        _gateway.Handler = Stub.Answer(400, JsonSerializer.Serialize(new { error = new { code, message = "No." } }));
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        await ProblemAssert.IsProblemAsync(response, status, mention);
    }

    [Theory]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task An_answer_that_is_none_is_502(string body)
    {
        _gateway.Handler = Stub.Answer(200, body);
        await using FunctionsHost app = await StartAppAsync();

        using HttpResponseMessage response = await ChatAsync(app);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadGateway);
    }

    /// <summary>A gateway does not redirect. Something in its place that does must not get the key sent elsewhere.</summary>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_error_and_nobody_else_gets_the_key(int status)
    {
        await using StubBackend elsewhere = await StubBackend.StartAsync("elsewhere", Stub.Answer(200, Completion));
        _gateway.Handler = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return Task.CompletedTask;
        };
        await using FunctionsHost app = await StartAppAsync();
        using HttpClient client = AnswerRecorder.CreateClient();

        foreach (string function in (string[])["Chat", "MaintenanceCopilotChat", "Vectorize"])
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync(new Uri(app.Endpoint, $"api/{function}"), new { message = "Hello", text = "Hello" }, Cancellation);
            await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadGateway, $"It answered {status}.");
        }

        using HttpResponseMessage health = await client.GetAsync(new Uri(app.Endpoint, "api/health"), Cancellation);
        Assert.Contains($"answered {status}. Check ApiManagement:Endpoint", await TestSystem.TextAsync(health), StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
        Assert.Equal(4, _gateway.Requests.Count);
    }

    [Fact]
    public async Task A_cookie_is_not_sent_back()
    {
        _gateway.Handler = http =>
        {
            http.Response.Headers.SetCookie = "affinity=1; Path=/";
            return Stub.Answer(200, Completion)(http);
        };
        await using FunctionsHost app = await StartAppAsync();

        (await ChatAsync(app)).Dispose();
        (await ChatAsync(app)).Dispose();

        Assert.Equal(2, _gateway.Requests.Count);
        Every.One(_gateway.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }

    private static Task SendAsync(HttpContext http, string text) => http.Response.WriteAsync(
        $"data: {JsonSerializer.Serialize(new { id = "c", @object = "chat.completion.chunk", created = 1, model = "m", choices = new[] { new { index = 0, delta = new { content = text } } } })}\n\n",
        http.RequestAborted);

    private static async Task<HttpResponseMessage> ChatAsync(FunctionsHost app)
    {
        using HttpClient client = AnswerRecorder.CreateClient();
        return await client.PostAsync(new Uri(app.Endpoint, "api/Chat"), new FormUrlEncodedContent([new("message", "Hello")]), Cancellation);
    }

    private Task<FunctionsHost> StartAppAsync(params (string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>(SampleSettings.Read())
        {
            ["ApiManagement:Endpoint"] = _gateway.Url.GetLeftPart(UriPartial.Authority),
        };
        foreach ((string name, string? value) in settings)
        {
            values[name] = value;
        }

        return FunctionsHost.StartAsync(new FunctionsHostOptions { Worker = TestWorker.Home(), Settings = values }, Cancellation);
    }
}
