using System.Net;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>What the gateway answers before any policy runs.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private const string ChunkedHead =
        $"POST /openai/deployments/d/embeddings HTTP/1.1\r\nHost: localhost\r\napi-key: {GatewaySubscription.LocalKey}\r\nTransfer-Encoding: chunked\r\n\r\n";

    private readonly RecordingLogger _messages = new();
    private StubBackend _backend = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await StubBackend.StartAsync("swedencentral");
        _gateway = await TestGateway.StartAsync(_backend.Url, _backend.Url, options => options with
        {
            LoggerFactory = LoggerFactory.Create(logging => logging.AddProvider(_messages)),
            MaxRequestBodyBytes = 1000,
            Subscriptions = [GatewaySubscription.Local, new("app", "The app", "app key")],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_key()
    {
        var request = Operation.Chat.CreateRequest();
        using var client = new HttpClient { BaseAddress = _gateway.Endpoint };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        await ExpectAsync(response, 401, "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.");
        Assert.Equal("SubscriptionKeyNotFound", (await _gateway.Log.NextAsync()).LastErrorReason);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("LOCAL-SUBSCRIPTION-KEY")]
    public async Task With_a_wrong_key(string key)
    {
        var request = Operation.Chat.CreateRequest();
        request.Headers.TryAddWithoutValidation("api-key", key);
        using var client = new HttpClient { BaseAddress = _gateway.Endpoint };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        await ExpectAsync(response, 401, "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.");
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task The_key_may_be_in_the_query_and_goes_no_further()
    {
        using var client = new HttpClient { BaseAddress = _gateway.Endpoint };
        var path = Operation.Embeddings.Path.Replace("?", "?subscription-key=app%20key&", StringComparison.Ordinal);
        using var response = await client.PostAsync(path, new StringContent("{}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/" + Operation.Embeddings.Path, _backend.Requests.Single().Target);
        Assert.Equal("app", (await _gateway.Log.NextAsync()).SubscriptionId);
    }

    [Theory]
    [InlineData("GET", "openai/deployments/d/chat/completions")]
    [InlineData("POST", "openai/deployments/d/chat/completions/more")]
    [InlineData("POST", "openai/deployments//chat/completions")]
    [InlineData("POST", "openai/deployments/a/b/chat/completions")]
    [InlineData("POST", "openai")]
    [InlineData("POST", "openaix/deployments/d/chat/completions")]
    [InlineData("GET", "")]
    public async Task What_is_no_operation(string method, string path)
    {
        using var response = await _gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        await ExpectAsync(response, 404, "Resource not found");
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task The_path_can_not_lead_out_of_the_backend()
    {
        using var response = await _gateway.Client.PostAsync("openai/deployments/..%2F..%2Fadmin/embeddings", new StringContent("{}"), TestContext.Current.CancellationToken);

        Assert.Equal("/openai/deployments/..%2F..%2Fadmin/embeddings", _backend.Requests.Single().Target);
    }

    [Theory]
    [InlineData(1000, false, 200)]
    [InlineData(1001, false, 413)]
    [InlineData(1000, true, 200)]
    [InlineData(1001, true, 413)]
    [InlineData(500_000, true, 413)]
    public async Task A_body_has_a_largest_size(int size, bool chunked, int expected)
    {
        var request = Operation.Chat.CreateRequest();
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', size)));
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        if (expected == 413)
        {
            await ExpectAsync(response, 413, "The request body is larger than 1000 bytes.");
            Assert.Empty(_backend.Requests);
        }
        else
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(size, _backend.Requests.Single().Body.Length);
        }
    }

    [Theory]
    [InlineData("xyz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}no end of a chunk\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffffff\r\n{}\r\n0\r\n\r\n")]
    public async Task A_malformed_chunk_is_the_callers_mistake(string body)
    {
        using var caller = await RawClient.ConnectAsync(_gateway.Endpoint, TestContext.Current.CancellationToken);
        await caller.SendAsync(Encoding.Latin1.GetBytes($"{ChunkedHead}{body}"), TestContext.Current.CancellationToken);

        Assert.Equal(400, await caller.ReadStatusAsync(TestContext.Current.CancellationToken));
        Assert.Equal("BadRequest", (await _gateway.Log.NextAsync()).LastErrorReason);
        Assert.Empty(_backend.Requests);
        Assert.DoesNotContain(_messages.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2\r\n{")]
    public async Task A_caller_that_resets_its_request_is_no_error_of_the_gateways(string body)
    {
        using (var caller = await RawClient.ConnectAsync(_gateway.Endpoint, TestContext.Current.CancellationToken))
        {
            // The gateway goes on when it reads the body.
            await caller.SendAsync(Encoding.Latin1.GetBytes(ChunkedHead.Replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
            Assert.Equal(100, await caller.ReadStatusAsync(TestContext.Current.CancellationToken));
            await caller.SendAsync(Encoding.Latin1.GetBytes(body), TestContext.Current.CancellationToken);
            caller.Reset();
        }

        var record = await _gateway.Log.NextAsync();
        Assert.Equal((499, "ClientConnectionFailure"), (record.ResponseCode, record.LastErrorReason));
        Assert.Empty(_backend.Requests);
        Assert.DoesNotContain(_messages.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task It_says_that_it_is_alive()
    {
        using var client = new HttpClient { BaseAddress = _gateway.Endpoint };

        Assert.Equal("Service Operational", await client.GetStringAsync("status-0123456789abcdef", TestContext.Current.CancellationToken));
    }

    private static async Task ExpectAsync(HttpResponseMessage response, int status, string message)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["statusCode", "message"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(status, json.RootElement.GetProperty("statusCode").GetInt32());
        Assert.Equal(message, json.RootElement.GetProperty("message").GetString());
    }
}
