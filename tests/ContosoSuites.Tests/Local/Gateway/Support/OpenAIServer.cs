using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>A server that speaks OpenAI's own API and nothing else: /v1, a bearer key, models by name. It calls the first tool it is offered.</summary>
internal sealed class OpenAIServer : IAsyncDisposable
{
    public const string Key = "sk-test";
    public const string ChatModel = "llama3.2";
    public const string EmbeddingModel = "nomic-embed-text";
    public const int Dimensions = 1536;
    public const string Says = "Grüße vom Modell.";
    public const string Usage = """{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16}""";

    private readonly WebApplication _app;
    private readonly string? _key;
    private readonly ConcurrentQueue<StubRequest> _requests = new();

    private OpenAIServer(WebApplication app, string? key) => (_app, _key) = (app, key);

    public IReadOnlyCollection<StubRequest> Requests => _requests;

    /// <summary>Answered with this status instead; 0 for good answers.</summary>
    public int Fails { get; set; }

    public Uri Url { get; private set; } = null!;

    public BackendAddress Address => new(Url, _key, new OpenAIModels(ChatModel, EmbeddingModel));

    public static async Task<OpenAIServer> StartAsync(string? key = Key, string path = "")
    {
        var builder = EmbeddedServer.CreateBuilder(port: 0);
        var server = new OpenAIServer(builder.Build(), key);
        server._app.UsePathBase(path);
        server._app.UseRouting();
        server._app.MapPost("/v1/chat/completions", http => server.AnswerAsync(http, ChatModel, ChatAsync));
        server._app.MapPost("/v1/embeddings", http => server.AnswerAsync(http, EmbeddingModel, EmbedAsync));
        await server._app.StartAsync();
        server.Url = new Uri(server._app.Urls.Single() + path);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http, string model, Func<HttpContext, JsonElement, Task> answer)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        _requests.Enqueue(new StubRequest(
            http.Request.Method,
            http.Request.PathBase + http.Request.Path + http.Request.QueryString.Value,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            text));
        var body = JsonElement.Parse(text);
        var status = Fails != 0 ? Fails
            : http.Request.Headers.Authorization.ToString() != (_key is null ? "" : $"Bearer {_key}") ? 401
            : body.GetProperty("model").GetString() != model ? 404
            : 200;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await (status == 200 ? answer(http, body) : http.Response.WriteAsync($$$"""{"error":{"message":"no","type":"invalid_request_error","code":"{{{status}}}"}}""", http.RequestAborted));
    }

    private static async Task ChatAsync(HttpContext http, JsonElement body)
    {
        var tool = body.TryGetProperty("tools", out var tools) && !body.GetProperty("messages").EnumerateArray().Any(message => message.GetProperty("role").GetString() == "tool")
            ? tools[0].GetProperty("function").GetProperty("name").GetString()
            : null;
        var said = tool is null
            ? $$"""{"role":"assistant","content":"{{Says}}"}"""
            : $$$"""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"{{{tool}}}","arguments":"{}"}}]}""";
        var reason = tool is null ? "stop" : "tool_calls";
        if (!body.TryGetProperty("stream", out var streams) || !streams.GetBoolean())
        {
            await http.Response.WriteAsync(
                $$$"""{"id":"c1","object":"chat.completion","created":1,"model":"{{{ChatModel}}}","choices":[{"index":0,"message":{{{said}}},"finish_reason":"{{{reason}}}"}],"usage":{{{Usage}}}}""",
                http.RequestAborted);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        const string Chunk = $"\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"{ChatModel}\"";
        foreach (var part in (string[])
        [
            $$$"""{{{{Chunk}}},"choices":[{"index":0,"delta":{{{said}}},"finish_reason":null}]}""",
            $$$"""{{{{Chunk}}},"choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""",
            $$$"""{{{{Chunk}}},"choices":[],"usage":{{{Usage}}}}""",
            "[DONE]",
        ])
        {
            await http.Response.WriteAsync($"data: {part}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static Task EmbedAsync(HttpContext http, JsonElement body)
    {
        var vector = new float[Dimensions];
        vector[7] = 1;
        var isBase64 = body.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        var embedding = isBase64 ? $"\"{Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector))}\"" : JsonSerializer.Serialize(vector);
        return http.Response.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $$$"""{"object":"list","model":"{{{EmbeddingModel}}}","data":[{"object":"embedding","index":0,"embedding":{{{embedding}}}}],"usage":{"prompt_tokens":3,"total_tokens":3}}"""),
            http.RequestAborted);
    }
}
