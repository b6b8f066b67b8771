using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Http;

public sealed class ModelApiTests
{
    [Theory]
    [InlineData("openai/deployments/gpt-5.4-mini/chat/completions")]
    [InlineData("openai/deployments/gpt-5.4-mini/chat/completions?api-version=")]
    [InlineData("openai/deployments//chat/completions?api-version=1")]
    [InlineData("openai/deployments/gpt-5.4-mini/images?api-version=1")]
    [InlineData("openai/v1/files")]
    [InlineData("")]
    public async Task A_path_that_is_not_served_is_not_found(string path)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.PostAsync(path, ModelHarness.Greeting);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        JsonElement error = await ModelHarness.ErrorAsync(response);
        Assert.Equal("404", error.GetProperty("code").GetString());
        Assert.Equal("Resource not found", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("wrong", null, 401)]
    [InlineData("secret", null, 200)]
    [InlineData(null, "Bearer local-managed-identity-token", 200)]
    [InlineData(null, "Bearer secret", 401)]
    [InlineData(null, "Basic local-managed-identity-token", 401)]
    [InlineData("wrong", "Bearer local-managed-identity-token", 401)]
    public async Task Only_the_key_or_the_managed_identity_is_let_in(string? key, string? authorization, int status)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        model.Client.DefaultRequestHeaders.Clear();
        if (key is not null)
        {
            model.Client.DefaultRequestHeaders.Add("api-key", key);
        }

        if (authorization is not null)
        {
            model.Client.DefaultRequestHeaders.Add("Authorization", authorization);
        }

        using HttpResponseMessage response = await model.ChatAsync(ModelHarness.Greeting);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 401)
        {
            Assert.Equal("401", (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task The_newer_surface_takes_the_key_as_a_bearer_token_and_lists_the_deployments()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        model.Client.DefaultRequestHeaders.Clear();
        model.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");

        JsonElement list = JsonElement.Parse(await model.Client.GetStringAsync("openai/v1/models", ModelHarness.Cancelled));

        Assert.Equal(["gpt-5.4-mini", "text-embedding-3-small"], list.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("openai/deployments/other/chat/completions?api-version=1", "{}", 404, "DeploymentNotFound")]
    [InlineData("openai/deployments/text-embedding-3-small/chat/completions?api-version=1", "{}", 400, "OperationNotSupported")]
    [InlineData("openai/v1/chat/completions", """{"model":"other"}""", 404, "DeploymentNotFound")]
    [InlineData("openai/v1/chat/completions", "{}", 400, "missing_required_parameter")]
    [InlineData("openai/v1/embeddings", """{"model":"gpt-5.4-mini"}""", 400, "OperationNotSupported")]
    public async Task A_deployment_must_exist_and_fit_the_operation(string path, string body, int status, string code)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.PostAsync(path, body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_JSON_is_refused()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.Client.PostAsync(
            ModelHarness.ChatPath, new StringContent(ModelHarness.Greeting, Encoding.UTF8, "text/plain"), ModelHarness.Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("UnsupportedMediaType", (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("café")]
    [InlineData("a\u0001b")]
    public async Task A_client_request_id_that_no_header_may_hold_is_not_sent_back(string id)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = model.Instance.Endpoint };
        client.DefaultRequestHeaders.Add("api-key", "secret");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-ms-client-request-id", id);

        using HttpResponseMessage response = await client.PostAsync(
            ModelHarness.ChatPath, new StringContent(ModelHarness.Greeting, Encoding.UTF8, "application/json"), ModelHarness.Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("x-ms-client-request-id"));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { MaxRequestBytes = 1000 });

        using HttpResponseMessage response = await model.ChatAsync($$"""{"messages":[{"role":"user","content":"{{new string('a', 1000)}}"}]}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("RequestTooLarge", (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_in_many_pieces_is_read_whole()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        string padding = new('.', 400_000);

        JsonElement answer = await model.ChatJsonAsync(
            $$"""{"metadata":"{{padding}}","messages":[{"role":"user","content":"Hello"}]}""");

        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Random_bodies_get_an_answer_and_never_a_server_error()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        var random = new Random(20260301);
        byte[] seed = Encoding.UTF8.GetBytes(
            """{"messages":[{"role":"user","content":"Hotel \u00e9\ud83d\ude00 3"}],"tools":[{"type":"function","function":{"name":"get_hotel","parameters":{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"]}}}],"stream":false,"input":["a",[1]]}""");

        for (int round = 0; round < 300; round++)
        {
            byte[] body = [.. seed];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            foreach (string path in (string[])[ModelHarness.ChatPath, ModelHarness.EmbeddingPath])
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using HttpResponseMessage response = await model.Client.PostAsync(path, content, ModelHarness.Cancelled);
                Assert.True((int)response.StatusCode is 200 or 400, $"{response.StatusCode} for {Encoding.UTF8.GetString(body)}");
            }
        }

        ModelCountersSnapshot counters = await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 0, ModelHarness.Cancelled));
        Assert.Equal(600, counters.Count());
    }
}
