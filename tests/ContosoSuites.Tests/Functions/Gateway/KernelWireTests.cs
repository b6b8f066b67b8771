using System.ClientModel;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Xunit;
using Answer = ContosoSuites.Tests.Functions.Gateway.RecordingModel.Answer;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>What a Kernel sends to Azure OpenAI, and what it makes of the answers.</summary>
public sealed class KernelWireTests
{
    private const string Key = "a-key";

    private static readonly Answer Hello = new("""
        {"id":"c1","object":"chat.completion","created":1,"model":"gpt-5.4-mini","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello."}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "/openai/deployments/gpt-5.4-mini/chat/completions")]
    [InlineData("/", "/openai/deployments/gpt-5.4-mini/chat/completions")]
    [InlineData("/suites/v2", "/suites/v2/openai/deployments/gpt-5.4-mini/chat/completions")]
    [InlineData("/suites/v2/", "/suites/v2/openai/deployments/gpt-5.4-mini/chat/completions")]
    public async Task A_chat_goes_to_the_deployment_below_the_endpoints_path(string basePath, string path)
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var http = new HttpClient();

        ChatResponse response = await Kernel(model.Endpoint + basePath, http).GetRequiredService<IChatClient>()
            .GetResponseAsync("Hi", cancellationToken: Cancellation);

        RecordingModel.Recorded request = Assert.Single(model.Requests);
        Assert.Equal(("POST", path, "?api-version=2025-04-01-preview"), (request.Method, request.Path, request.Query));
        Assert.Equal("Hello.", response.Text);
        Assert.Equal((3, 2), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task A_request_has_a_length_and_the_headers_of_the_Azure_client()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var http = new HttpClient();

        await Kernel(model.Endpoint, http).GetRequiredService<IChatClient>().GetResponseAsync("Grüezi", cancellationToken: Cancellation);

        RecordingModel.Recorded request = Assert.Single(model.Requests);
        Assert.Equal("HTTP/1.1", request.Protocol);
        Assert.Equal(request.BodyLength, request.ContentLength);
        Assert.DoesNotContain("Transfer-Encoding", request.Headers.Keys);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.Equal(Key, request.Headers["api-key"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.True(Guid.TryParse(request.Headers["x-ms-client-request-id"], out _));
        Assert.StartsWith("Semantic-Kernel azsdk-net-AI.OpenAI/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal(typeof(Kernel).Assembly.GetName().Version!.ToString(), request.Headers["Semantic-Kernel-Version"]);
    }

    [Fact]
    public async Task The_model_in_the_body_is_the_deployment()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var http = new HttpClient();

        await Kernel(model.Endpoint, http).GetRequiredService<IChatClient>().GetResponseAsync(
            [new ChatMessage(ChatRole.System, "Be kind."), new ChatMessage(ChatRole.User, "Hi")], cancellationToken: Cancellation);

        JsonElement body = Assert.Single(model.Requests).Body;
        Assert.Equal("gpt-5.4-mini", body.GetProperty("model").GetString());
        Assert.Equal(["system Be kind.", "user Hi"], body.GetProperty("messages").EnumerateArray().Select(m => $"{Text(m, "role")} {Text(m, "content")}"));
        Assert.False(body.TryGetProperty("stream", out _));
        Assert.False(body.TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task A_stream_is_asked_for_with_its_usage()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(new Answer(
            """
            data: {"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4-mini","choices":[{"index":0,"delta":{"content":"lo."},"finish_reason":"stop"}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4-mini","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

            data: [DONE]


            """,
            ContentType: "text/event-stream"));
        using var http = new HttpClient();

        ChatResponse response = await Kernel(model.Endpoint, http).GetRequiredService<IChatClient>()
            .GetStreamingResponseAsync("Hi", cancellationToken: Cancellation).ToChatResponseAsync(Cancellation);

        RecordingModel.Recorded request = Assert.Single(model.Requests);
        Assert.True(request.Body.GetProperty("stream").GetBoolean());
        Assert.True(request.Body.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Equal("Hello.", response.Text);
        Assert.Equal(5, response.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task A_kernel_function_is_offered_called_and_its_result_sent_back()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(
            new Answer("""
                {"id":"c1","object":"chat.completion","created":1,"model":"gpt-5.4-mini","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"Hotels_get_hotels","arguments":"{\"city\":\"Bern\"}"}},{"id":"call_2","type":"function","function":{"name":"Hotels_get_hotels","arguments":"{\"city\":\"Chur\"}"}}]}}]}
                """),
            Hello);
        using var http = new HttpClient();
        Kernel kernel = Kernel(model.Endpoint, http, builder => builder.Plugins.AddFromType<HotelPlugin>("Hotels"));

        ChatResponse response = await kernel.GetRequiredService<IChatClient>().GetResponseAsync(
            "Which hotels?", new ChatOptions { Tools = [.. kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel))] }, Cancellation);

        Assert.Equal("Hello.", response.Text);
        Assert.Equal(2, model.Requests.Count);
        JsonElement offered = Assert.Single(model.Requests.First().Body.GetProperty("tools").EnumerateArray().ToArray());
        JsonElement function = offered.GetProperty("function");
        JsonElement parameters = function.GetProperty("parameters");
        Assert.Equal(("function", "Hotels_get_hotels", "Hotels in a city."), (Text(offered, "type"), Text(function, "name"), Text(function, "description")));
        Assert.Equal("object", Text(parameters, "type"));
        Assert.False(parameters.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("string", Text(parameters.GetProperty("properties").GetProperty("city"), "type"));
        Assert.Equal("city", Assert.Single(parameters.GetProperty("required").EnumerateArray().ToArray()).GetString());

        JsonElement[] messages = [.. model.Requests.Last().Body.GetProperty("messages").EnumerateArray()];
        Assert.Equal(["user", "assistant", "tool", "tool"], messages.Select(m => Text(m, "role")));
        Assert.Equal(["call_1", "call_2"], messages[1].GetProperty("tool_calls").EnumerateArray().Select(call => Text(call, "id")));
        string arguments = Text(messages[1].GetProperty("tool_calls")[0].GetProperty("function"), "arguments")!;
        Assert.Equal("Bern", Text(JsonSerializer.Deserialize<JsonElement>(arguments), "city"));
        Assert.Equal(["call_1", "call_2"], messages[2..].Select(m => Text(m, "tool_call_id")));
        Assert.Contains("Lakeside in Bern", Text(messages[2], "content"), StringComparison.Ordinal);
        Assert.Contains("Lakeside in Chur", Text(messages[3], "content"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task An_embedding_is_asked_for_in_base64(int? dimensions)
    {
        float[] vector = [0.25f, -1.5f, 3e-7f];
        string base64 = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector));
        await using RecordingModel model = await RecordingModel.StartAsync(new Answer(
            $$$"""{"object":"list","model":"text-embedding-3-small","data":[{"object":"embedding","index":0,"embedding":"{{{base64}}}"}],"usage":{"prompt_tokens":2,"total_tokens":2}}"""));
        using var http = new HttpClient();
        Kernel kernel = Kernel(model.Endpoint, http, builder =>
            builder.AddAzureOpenAIEmbeddingGenerator("text-embedding-3-small", model.Endpoint, Key, dimensions: dimensions));

        Embedding<float> embedding = await kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()
            .GenerateAsync("leaking tap", cancellationToken: Cancellation);

        RecordingModel.Recorded request = Assert.Single(model.Requests);
        Assert.Equal(
            ("/openai/deployments/text-embedding-3-small/embeddings", "?api-version=2025-04-01-preview", Key),
            (request.Path, request.Query, request.Headers["api-key"]));
        Assert.Equal("leaking tap", Assert.Single(request.Body.GetProperty("input").EnumerateArray().ToArray()).GetString());
        Assert.Equal(("text-embedding-3-small", "base64"), (Text(request.Body, "model"), Text(request.Body, "encoding_format")));
        Assert.Equal(dimensions, request.Body.TryGetProperty("dimensions", out JsonElement sent) ? sent.GetInt32() : null);
        Assert.Equal(vector, embedding.Vector.ToArray());
    }

    [Fact]
    public async Task A_client_in_the_kernels_services_is_used()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-contoso-function", "Chat");

        await Kernel(model.Endpoint, http).GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: Cancellation);

        Assert.Equal("Chat", Assert.Single(model.Requests).Headers["x-contoso-function"]);
    }

    [Fact]
    public async Task A_client_given_to_the_method_wins()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var own = new HttpClient();
        own.DefaultRequestHeaders.Add("x-whose", "own");
        IKernelBuilder builder = Microsoft.SemanticKernel.Kernel.CreateBuilder();
        using var shared = new HttpClient();
        builder.Services.AddSingleton(shared);
        builder.AddAzureOpenAIChatClient("gpt-5.4-mini", model.Endpoint, Key, httpClient: own);

        await builder.Build().GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: Cancellation);

        Assert.Equal("own", Assert.Single(model.Requests).Headers["x-whose"]);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(404, true)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public async Task An_error_is_not_retried_and_tells_its_status_and_headers(int status, bool registered)
    {
        await using RecordingModel model = await RecordingModel.StartAsync(
            new Answer("""{"error":{"code":"429","message":"Too many."}}""", status) { Headers = { ["Retry-After"] = "7", ["x-ms-region"] = "East US" } });
        using var http = new HttpClient();

        // With a client of its own, too: where none is registered the connector makes one, and retries no more than with ours.
        var client = Kernel(model.Endpoint, registered ? http : null).GetRequiredService<IChatClient>();
        var error = await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync("Hi", cancellationToken: Cancellation));

        Assert.Single(model.Requests);
        Assert.Equal(status, error.Status);
        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("Retry-After", out string? retryAfter));
        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("x-ms-region", out string? region));
        Assert.Equal(("7", "East US"), (retryAfter, region));
    }

    [Fact]
    public async Task An_error_of_a_stream_or_an_embedding_is_the_same()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(new Answer("""{"error":{"code":"ServiceUnavailable","message":"Down."}}""", 503));
        using var http = new HttpClient();
        Kernel kernel = Kernel(model.Endpoint, http);

        var streamed = await Assert.ThrowsAsync<ClientResultException>(() => kernel.GetRequiredService<IChatClient>()
            .GetStreamingResponseAsync("Hi", cancellationToken: Cancellation).ToChatResponseAsync(Cancellation));
        var embedded = await Assert.ThrowsAsync<ClientResultException>(() => kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()
            .GenerateAsync("tap", cancellationToken: Cancellation));

        Assert.Equal((503, 503), (streamed.Status, embedded.Status));
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_at_the_client()
    {
        using var handler = new HangingHandler();
        using var http = new HttpClient(handler);
        using var cancel = new CancellationTokenSource();
        Task<ChatResponse> call = Kernel("http://127.0.0.1:9", http).GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: cancel.Token);

        await Wait.For(handler.Entered.Task);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task The_trace_goes_along()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var http = new HttpClient();
        using Activity activity = new Activity("a function").SetIdFormat(ActivityIdFormat.W3C).Start();

        await Kernel(model.Endpoint, http).GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: Cancellation);

        Assert.Contains(activity.TraceId.ToString(), Assert.Single(model.Requests).Headers["traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_can_be_given()
    {
        await using RecordingModel model = await RecordingModel.StartAsync(Hello);
        using var http = new HttpClient();

        await Kernel(model.Endpoint, http, apiVersion: "2024-10-21").GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: Cancellation);

        Assert.Equal("?api-version=2024-10-21", Assert.Single(model.Requests).Query);
    }

    [Fact]
    public void A_version_that_the_connector_does_not_know_is_refused()
    {
        using var http = new HttpClient();

        Assert.Throws<NotSupportedException>(() => Kernel("http://127.0.0.1:9", http, apiVersion: "2023-05-15").GetRequiredService<IChatClient>());
    }

    private static Kernel Kernel(string endpoint, HttpClient? http, Action<IKernelBuilder>? configure = null, string? apiVersion = null)
    {
        IKernelBuilder builder = Microsoft.SemanticKernel.Kernel.CreateBuilder();
        if (http is not null)
        {
            builder.Services.AddSingleton(http);
        }

        builder.AddAzureOpenAIChatClient("gpt-5.4-mini", endpoint, Key, apiVersion: apiVersion);
        builder.AddAzureOpenAIEmbeddingGenerator("text-embedding-3-small", endpoint, Key, apiVersion: apiVersion);
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private sealed class HotelPlugin
    {
        [KernelFunction("get_hotels")]
        [Description("Hotels in a city.")]
        public string GetHotels(string city)
        {
            GC.KeepAlive(this);
            return $"Lakeside in {city}";
        }
    }

    /// <summary>Never answers.</summary>
    private sealed class HangingHandler : HttpMessageHandler
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new UnreachableException();
        }
    }
}
