using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Models;
using Xunit;

namespace ContosoSuites.Tests.Local.Models;

/// <summary>One instance and a client that knows its key.</summary>
internal sealed class ModelHarness : IAsyncDisposable
{
    public const string ChatPath = "openai/deployments/gpt-5.4-mini/chat/completions?api-version=2025-04-01-preview";
    public const string EmbeddingPath = "openai/deployments/text-embedding-3-small/embeddings?api-version=2025-04-01-preview";
    public const string Greeting = """{"messages":[{"role":"user","content":"Hello"}]}""";
    public const string StreamedGreeting = """{"stream":true,"messages":[{"role":"user","content":"Hello"}]}""";
    public const string OneInput = """{"input":"A leak under the sink"}""";

    private ModelHarness(ModelInstance instance, HttpClient client)
    {
        Instance = instance;
        Client = client;
    }

    public ModelInstance Instance { get; }

    public HttpClient Client { get; }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ModelHarness> StartAsync(Func<ModelInstanceOptions, ModelInstanceOptions>? change = null, TimeProvider? time = null)
    {
        var options = new ModelInstanceOptions { Name = "primary", Region = "swedencentral", ApiKey = "secret" };
        ModelInstance instance = await ModelInstance.StartAsync(change?.Invoke(options) ?? options, time, Cancelled);

        // A response that is thrown away hangs up at once, rather than after two seconds of hoping for the rest.
        var handler = new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero };
        var client = new HttpClient(handler) { BaseAddress = instance.Endpoint, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("api-key", "secret");
        return new ModelHarness(instance, client);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        return Client.SendAsync(request, completion, Cancelled);
    }

    public Task<HttpResponseMessage> ChatAsync(string json) => PostAsync(ChatPath, json);

    public async Task<JsonElement> ChatJsonAsync(string json)
    {
        using HttpResponseMessage response = await ChatAsync(json);
        string body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonElement.Parse(body);
    }

    public async Task<JsonElement> EmbedAsync(string json)
    {
        using HttpResponseMessage response = await PostAsync(EmbeddingPath, json);
        string body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonElement.Parse(body);
    }

    /// <summary>The data of a stream's events, in order.</summary>
    public async Task<string[]> StreamAsync(string json)
    {
        using HttpResponseMessage response = await ChatAsync(json);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        string body = await response.Content.ReadAsStringAsync(Cancelled);
        return [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(item => item["data: ".Length..])];
    }

    public static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)).GetProperty("error");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Instance.DisposeAsync();
    }
}
