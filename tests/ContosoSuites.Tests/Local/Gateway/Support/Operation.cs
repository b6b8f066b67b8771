using System.Text;
using System.Text.Json;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>The calls that the gateway's API takes.</summary>
internal sealed record Operation(string Name, string Path, string Body)
{
    public static Operation Chat { get; } = new(
        "chat", "openai/deployments/gpt-5.4-mini/chat/completions?api-version=2025-04-01-preview", """{"messages":[{"role":"user","content":"hello"}]}""");

    public static Operation StreamedChat { get; } = new(
        "streamed chat", "openai/deployments/gpt-5.4-mini/chat/completions?api-version=2025-04-01-preview", """{"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hello"}]}""");

    public static Operation Embeddings { get; } = new(
        "embeddings", "openai/deployments/text-embedding-3-small/embeddings?api-version=2025-04-01-preview", """{"input":["a leaking tap"]}""");

    public static IReadOnlyList<Operation> All { get; } = [Chat, StreamedChat, Embeddings];

    public static Operation Named(string name) => All.Single(operation => operation.Name == name);

    /// <summary>The backend that serves it at an instance.</summary>
    public string BackendAt(string instance) => $"{instance}-{(this == Embeddings ? "embeddings" : "chat")}";

    /// <summary>Whether a body is a whole good answer of a simulated instance.</summary>
    public bool IsWholeAnswer(string body)
    {
        if (this == StreamedChat)
        {
            return body.StartsWith("data: {", StringComparison.Ordinal) && body.EndsWith("\n\ndata: [DONE]\n\n", StringComparison.Ordinal);
        }

        try
        {
            return JsonElement.Parse(body).TryGetProperty(this == Chat ? "choices" : "data", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public HttpRequestMessage CreateRequest() => new(HttpMethod.Post, Path) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
}
