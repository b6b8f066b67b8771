using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>
/// A model for the copilot that does at once what it is told: "Report ..." drafts that text, "Save ..." saves the draft, and a
/// tool's result is read out. So a test of storage depends on no dialogue.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private static readonly string Vector = Convert.ToBase64String(new byte[(1536 - 1) * sizeof(float)].Concat(BitConverter.GetBytes(1f)).ToArray());

    private readonly WebApplication _app;

    private ScriptedModel(WebApplication app) => _app = app;

    /// <summary>Where the gateway finds it.</summary>
    public BackendAddress Address => new(new Uri($"{_app.Urls.Single()}/openai"));

    public static async Task<ScriptedModel> StartAsync()
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        WebApplication app = builder.Build();
        app.MapPost("/openai/deployments/{deployment}/chat/completions", async (HttpRequest request) =>
            TypedResults.Json(Complete(await JsonNode.ParseAsync(request.Body))));
        app.MapPost("/openai/deployments/{deployment}/embeddings", () => TypedResults.Json(new
        {
            @object = "list",
            model = "scripted",
            data = new[] { new { @object = "embedding", index = 0, embedding = Vector } },
            usage = new { prompt_tokens = 1, total_tokens = 1 },
        }));
        await app.StartAsync();
        return new ScriptedModel(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static object Complete(JsonNode? request)
    {
        JsonNode last = request!["messages"]!.AsArray()[^1]!;
        string text = TextOf(last["content"]!);
        object message = (string?)last["role"] == "tool" ? new { role = "assistant", content = text }
            : text.StartsWith("Report ", StringComparison.Ordinal) ? Call("create_maintenance_request", new { hotel_id = 2, details = text, room_number = "303" })
            : Call("save_maintenance_request", new { });
        return new
        {
            id = "scripted",
            @object = "chat.completion",
            created = 0,
            model = "scripted",
            choices = new[] { new { index = 0, finish_reason = (string?)last["role"] == "tool" ? "stop" : "tool_calls", message } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        };
    }

    private static string TextOf(JsonNode content) => content is JsonArray parts ? (string)parts[0]!["text"]! : (string)content!;

    private static object Call(string tool, object arguments) => new
    {
        role = "assistant",
        content = (string?)null,
        tool_calls = new[]
        {
            new { id = "call_1", type = "function", function = new { name = $"Maintenance_{tool}", arguments = JsonSerializer.Serialize(arguments) } },
        },
    };
}
