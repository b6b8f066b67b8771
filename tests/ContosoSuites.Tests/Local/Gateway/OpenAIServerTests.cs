using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Any server that speaks OpenAI's own API can be an instance, alone or beside simulated ones.</summary>
public sealed class OpenAIServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("", "/")]
    [InlineData("", "/v1")]
    [InlineData("", "/v1/")]
    [InlineData("/proxy", "")]
    public async Task A_call_of_a_deployment_becomes_one_of_the_server(string path, string rest)
    {
        await using var server = await OpenAIServer.StartAsync(path: path);
        await using var gateway = await StartAsync(server.Address with { Url = new Uri(server.Url.AbsoluteUri.TrimEnd('/') + rest) });
        const string Body = """{"model":"gpt-5.4-mini","messages":[{"role":"user","content":"Grüße, \"Welt\" <1>"}],"temperature":0.10,"n":1}""";
        using var request = Operation.Chat.CreateRequest();
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        request.Headers.Add("Authorization", "Bearer of the caller");
        using var response = await gateway.Client.SendAsync(request, Cancellation);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(OpenAIServer.Says, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["choices"]![0]!["message"]!["content"]!.GetValue<string>());
        var received = Assert.Single(server.Requests);
        Assert.Equal(path + "/v1/chat/completions", received.Target);
        Assert.Equal("Bearer " + OpenAIServer.Key, received.Headers["Authorization"]);
        Assert.DoesNotContain("api-key", received.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("application/json; charset=utf-8", received.Headers["Content-Type"]);
        Assert.Equal("""{"model":"llama3.2","messages":[{"role":"user","content":"Grüße, \"Welt\" <1>"}],"temperature":0.10,"n":1}""", received.Body);
        var record = await gateway.Log.NextAsync();
        Assert.Equal(("gpt-5.4-mini", OpenAIServer.ChatModel, 16), (record.Usage!.Deployment, record.Usage.Model, record.Usage.TotalTokens));
        Assert.Equal(server.Url.Authority, record.Attempts.Single().Url.Authority);
    }

    [Fact]
    public async Task A_server_without_a_key_gets_no_credentials()
    {
        await using var server = await OpenAIServer.StartAsync(key: null);
        await using var gateway = await StartAsync(server.Address);
        using var response = await gateway.SendAsync(Operation.Embeddings);

        Assert.Equal(200, (int)response.StatusCode);
        var received = Assert.Single(server.Requests);
        Assert.Equal("/v1/embeddings", received.Target);
        Assert.DoesNotContain(received.Headers.Keys, name => name is "Authorization" or "api-key");
        Assert.Equal("""{"model":"nomic-embed-text","input":["a leaking tap"]}""", received.Body);
        Assert.Equal((3, 0), ((await gateway.Log.NextAsync()).Usage!.PromptTokens, gateway.Log.Records.Last().Usage!.CompletionTokens));
    }

    [Fact]
    public async Task No_key_of_the_caller_is_passed_on_even_when_the_policy_lets_it_through()
    {
        using var folder = new GatewayFolder().WithPolicy();
        await using var server = await OpenAIServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(folder.Path, new() { ["openai-primary"] = server.Address, ["openai-secondary"] = server.Address });
        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.DoesNotContain("api-key", Assert.Single(server.Requests).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_stream_passes_as_it_is_and_its_usage_counts()
    {
        await using var server = await OpenAIServer.StartAsync();
        await using var gateway = await StartAsync(server.Address);
        using var response = await gateway.SendAsync(Operation.StreamedChat);

        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.StartsWith("data: {\"id\":\"c1\",", text, StringComparison.Ordinal);
        Assert.Contains(OpenAIServer.Says, text, StringComparison.Ordinal);
        Assert.EndsWith("\"usage\":" + OpenAIServer.Usage + "}\n\ndata: [DONE]\n\n", text, StringComparison.Ordinal);
        var usage = (await gateway.Log.NextAsync()).Usage!;
        Assert.Equal((16, true), (usage.TotalTokens, usage.IsStream));
        Assert.Equal(
            """{"model":"llama3.2","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hello"}]}""", server.Requests.Single().Body);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[1]")]
    public async Task A_body_that_is_no_object_is_the_servers_to_refuse(string body)
    {
        await using var backend = await StubBackend.StartAsync("anywhere", Stub.Answer(400, "{}"));
        await using var gateway = await StartAsync(new BackendAddress(new Uri(backend.Url, "/"), null, new OpenAIModels("c", "e")));
        using var response = await gateway.Client.PostAsync(Operation.Chat.Path, new StringContent(body), Cancellation);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(body, backend.Requests.Single().Body);
    }

    [Fact]
    public async Task Beside_a_simulated_instance_both_serve_and_each_stands_in_for_the_other()
    {
        await using var server = await OpenAIServer.StartAsync();
        await using LocalSystem system = await LocalSystem.StartAsync(
            new LocalSystemOptions
            {
                AppSettings = new Dictionary<string, string?>(),
                StartApp = false,
                RealBackends = new Dictionary<string, BackendAddress> { ["openai-primary"] = server.Address },
            },
            Cancellation);
        using var client = new HttpClient { BaseAddress = system.Gateway.Endpoint };
        client.DefaultRequestHeaders.Add("api-key", GatewaySubscription.LocalKey);
        ModelInstance simulated = Assert.Single(system.Instances);

        await CallAsync(client, rounds: 2);
        Assert.Equal((6, 6), (server.Requests.Count, simulated.Counters.Snapshot().Count(status: 200)));

        // A reset trips no breaker: the server is asked again as soon as it answers.
        await simulated.SetFaultAsync(new ResetFault(), Cancellation);
        await CallAsync(client, rounds: 1);
        Assert.Equal((12, 6), (server.Requests.Count, simulated.Counters.Snapshot().Count(status: 200)));

        await simulated.SetFaultAsync(null, Cancellation);
        server.Fails = 503;
        await CallAsync(client, rounds: 1);
        Assert.Equal(12, simulated.Counters.Snapshot().Count(status: 200));
    }

    [Fact]
    public async Task The_app_chats_calls_tools_streams_and_embeds_with_it()
    {
        await using var server = await OpenAIServer.StartAsync();
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with { RealBackends = new Dictionary<string, BackendAddress> { ["openai-primary"] = server.Address, ["openai-secondary"] = server.Address } });

        using HttpResponseMessage chat = await system.ChatAsync("Hello");
        Assert.Equal(OpenAIServer.Says, await TestSystem.TextAsync(chat));

        // Which the server can not say: the gateway knows where its instance is.
        Assert.Equal(["francecentral", "swedencentral"], chat.Headers.GetValues("x-served-by").Single().Split(", ").Order(StringComparer.Ordinal));
        using HttpResponseMessage streamed = await system.ChatAsync("Hello", "text/event-stream");
        Assert.Contains("Grüße", await TestSystem.TextAsync(streamed), StringComparison.Ordinal);
        var vector = await system.App.GetFromJsonAsync<float[]>("Vectorize?text=a+leak", Cancellation);
        Assert.Equal((OpenAIServer.Dimensions, 1f), (vector!.Length, vector[7]));

        // Each chat is two calls: the tool that the model asks for, and its answer to what the tool said.
        string[] bodies = [.. server.Requests.Where(request => request.Target == "/v1/chat/completions").Select(request => request.Body)];
        Assert.Equal(4, bodies.Length);
        Every.One(bodies, body => Assert.NotEqual(0, JsonElement.Parse(body).GetProperty("tools").GetArrayLength()));
        Assert.Equal(["assistant", "tool"], JsonElement.Parse(bodies[1]).GetProperty("messages").EnumerateArray().TakeLast(2).Select(message => message.GetProperty("role").GetString()));
    }

    private static Task<TestGateway> StartAsync(BackendAddress address) =>
        TestGateway.StartAsync(GatewayFolder.Deployed, new() { ["openai-primary"] = address, ["openai-secondary"] = address });

    private static async Task CallAsync(HttpClient client, int rounds)
    {
        foreach (Operation operation in Enumerable.Range(0, rounds * 2).SelectMany(_ => Operation.All))
        {
            using HttpResponseMessage response = await client.SendAsync(operation.CreateRequest(), Cancellation);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.True(operation.IsWholeAnswer(await response.Content.ReadAsStringAsync(Cancellation)));
        }
    }
}
