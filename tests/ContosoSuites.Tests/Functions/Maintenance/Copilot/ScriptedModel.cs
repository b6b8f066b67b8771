using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Embeddings;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>
/// A chat backend that says and calls what a test tells it to, sensible or not: what must hold whatever the model does can
/// only be shown with a model that does it. It stands in the gateway's place and keeps the requests.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<JsonElement, Task<Step>> _next;

    private ScriptedModel(WebApplication app, Func<JsonElement, Task<Step>> next)
    {
        _app = app;
        _next = next;
    }

    public ConcurrentQueue<JsonElement> Requests { get; } = [];

    public Uri Endpoint => new(_app.Urls.Single());

    /// <summary>A model that takes the steps in their order.</summary>
    public static Task<ScriptedModel> StartAsync(params Step[] steps)
    {
        var queue = new ConcurrentQueue<Step>(steps);
        return StartAsync(_ => queue.TryDequeue(out Step? step) ? step : throw new InvalidOperationException("The script has ended."));
    }

    /// <summary>A model that decides by the request.</summary>
    public static Task<ScriptedModel> StartAsync(Func<JsonElement, Step> next) => StartAsync(request => Task.FromResult(next(request)));

    /// <summary>A model that decides by the request, and takes its time.</summary>
    public static async Task<ScriptedModel> StartAsync(Func<JsonElement, Task<Step>> next)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        WebApplication app = builder.Build();
        var model = new ScriptedModel(app, next);
        app.Run(model.AnswerAsync);
        await app.StartAsync();
        return model;
    }

    /// <summary>The results that the tools gave, by the function's name, in their order: read from the last request.</summary>
    public (string Function, JsonElement Result)[] ToolResults()
    {
        JsonElement[] messages = [.. Requests.Last().GetProperty("messages").EnumerateArray()];
        Dictionary<string, string> names = messages
            .Where(message => message.TryGetProperty("tool_calls", out _))
            .SelectMany(message => message.GetProperty("tool_calls").EnumerateArray())
            .ToDictionary(call => call.GetProperty("id").GetString()!, call => call.GetProperty("function").GetProperty("name").GetString()!);
        return
        [
            .. messages.Where(message => message.GetProperty("role").GetString() == "tool").Select(message =>
                (names[message.GetProperty("tool_call_id").GetString()!], JsonElement.Parse(message.GetProperty("content").GetString()!))),
        ];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["x-ms-region"] = "script";
        JsonElement request = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        if (context.Request.Path.Value!.EndsWith("/embeddings", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync(Embed(request), context.RequestAborted);
            return;
        }

        Requests.Enqueue(request);
        Step step = await _next(request);
        context.Response.StatusCode = step.Status;
        bool isStream = request.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean() && step.Status == 200;
        context.Response.ContentType = isStream ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(
            step.Status != 200 ? """{"error":{"code":"ScriptedFailure","message":"As the test wants it."}}"""
            : isStream ? $"data: {Complete(step, "delta")}\n\ndata: [DONE]\n\n"
            : Complete(step, "message"),
            context.RequestAborted);
    }

    private static string Complete(Step step, string part)
    {
        var calls = new JsonArray(
        [
            .. step.Calls.Select((call, index) => new JsonObject
            {
                ["index"] = index,
                ["id"] = $"call_{Guid.NewGuid():N}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Function, ["arguments"] = call.Arguments },
            }),
        ]);
        var message = new JsonObject { ["role"] = "assistant", ["content"] = step.Text };
        if (calls.Count > 0)
        {
            message["tool_calls"] = calls;
        }

        return new JsonObject
        {
            ["id"] = "chatcmpl-scripted",
            ["object"] = part == "delta" ? "chat.completion.chunk" : "chat.completion",
            ["created"] = 1_800_000_000,
            ["model"] = "scripted",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["finish_reason"] = calls.Count > 0 ? "tool_calls" : "stop",
                [part] = message,
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
        }.ToJsonString();
    }

    private static string Embed(JsonElement request)
    {
        float[] vector = new float[1536];
        TextEmbedder.Embed(request.GetProperty("input")[0].GetString()!, vector);
        string base64 = Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vector));
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = "scripted",
            ["data"] = new JsonArray(new JsonObject { ["object"] = "embedding", ["index"] = 0, ["embedding"] = base64 }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        }.ToJsonString();
    }

    /// <summary>One answer of the model's.</summary>
    internal sealed record Step(string? Text, IReadOnlyList<Call> Calls, int Status = 200)
    {
        public static Step Say(string text) => new(text, []);

        public static Step Fail(int status) => new(null, [], status);

        public static Step Use(params Call[] calls) => new(null, calls);
    }

    /// <summary>A function that the model calls.</summary>
    internal sealed record Call(string Function, string Arguments)
    {
        public static Call Hotels { get; } = new("Hotels_get_hotels", "{}");

        public static Call Save { get; } = new("Maintenance_save_maintenance_request", "{}");

        public static Call Draft(int hotel, string details, string room) => new(
            "Maintenance_create_maintenance_request",
            new JsonObject { ["hotel_id"] = hotel, ["details"] = details, ["room_number"] = room }.ToJsonString());

        public static Call Similar(int hotel, string details) => new(
            "Maintenance_find_similar_requests", new JsonObject { ["hotel_id"] = hotel, ["details"] = details }.ToJsonString());
    }
}
