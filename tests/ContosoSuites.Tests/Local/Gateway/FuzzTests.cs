using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Odd requests and odd callers: whatever comes, the gateway answers with something sensible and goes on.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Requests = 300;
    private const string Key = $"api-key: {GatewaySubscription.LocalKey}\r\n";
    private const string Close = "Connection: close\r\n";

    private LocalSystem _system = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _system = await LocalSystem.StartAsync(
            new LocalSystemOptions { AppSettings = new Dictionary<string, string?>(), StartApp = false }, Cancellation);
        _client = new HttpClient { BaseAddress = _system.Gateway.Endpoint };
        _client.DefaultRequestHeaders.Add("api-key", GatewaySubscription.LocalKey);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _system.DisposeAsync();
    }

    [Fact]
    public async Task Odd_requests_are_never_an_internal_error()
    {
        var fuzz = new Fuzz(7);
        await using var backend = await StubBackend.StartAsync("swedencentral");
        await using var gateway = await TestGateway.StartAsync(backend.Url, backend.Url);
        var codes = new List<int>();
        for (var i = 0; i < Requests; i++)
        {
            codes.Add(await ExchangeAsync(gateway.Endpoint, OddRequest(fuzz.Random)));
        }

        Assert.DoesNotContain(codes, code => code >= 500);

        // They are odd, but not so odd that none gets through.
        Assert.InRange(codes.Count(code => code == 200), Requests / 10, Requests - 1);
        using var response = await gateway.SendAsync(Operation.Chat);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Odd_bodies_are_the_callers_mistake_for_gateway_and_instances_alike()
    {
        var fuzz = new Fuzz(8);
        var codes = new List<int>();
        for (var i = 0; i < Requests; i++)
        {
            var operation = fuzz.Any(Operation.All);
            using var content = fuzz.Content(operation.Body);
            using var response = await _client.PostAsync(operation.Path, content, Cancellation);
            codes.Add((int)response.StatusCode);
            Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} for {Convert.ToHexString(await content.ReadAsByteArrayAsync(Cancellation))}");
        }

        Assert.Contains(200, codes);
        Assert.Contains(400, codes);
        await ExpectWellAsync();
    }

    [Theory]
    [InlineData("api-version=1", "x-long: {0}\r\n", 40_000, 431)]
    [InlineData("{0}", "", 20_000, 414)]
    [InlineData("api-version=1", "x-many: 1\r\n", 200, 431)]
    public async Task More_head_than_a_server_reads(string query, string header, int count, int expected)
    {
        var repeated = header.Contains("{0}", StringComparison.Ordinal) || header.Length == 0 ? 1 : count;
        var filler = new string('x', count);
        var request = RawClient.Head(
            $"/openai/deployments/d/embeddings?{string.Format(CultureInfo.InvariantCulture, query, filler)}",
            0,
            Key + Close + string.Concat(Enumerable.Repeat(string.Format(CultureInfo.InvariantCulture, header, filler), repeated)));

        Assert.Equal(expected, await ExchangeAsync(_system.Gateway.Endpoint, request));
        await ExpectWellAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_megabytes_are_too_large(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Operation.Chat.Path) { Content = new ByteArrayContent(new byte[20_000_000]) };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(413, error.GetProperty("statusCode").GetInt32());
        Assert.Equal("The request body is larger than 10485760 bytes.", error.GetProperty("message").GetString());
        Every.One(_system.Instances, instance => Assert.Equal(0, instance.Counters.Snapshot().Count()));
    }

    [Fact]
    public async Task A_caller_who_writes_slowly_is_served_and_keeps_nobody_else_waiting()
    {
        var body = Encoding.UTF8.GetBytes(Operation.Chat.Body);
        byte[] request = [.. RawClient.Head("/" + Operation.Chat.Path, body.Length, Key + Close), .. body];
        using var slow = await RawClient.ConnectAsync(_system.Gateway.Endpoint, Cancellation);
        for (var i = 0; i < request.Length; i++)
        {
            await slow.SendAsync(request.AsMemory(i, 1), Cancellation);
            if (i % 100 == 0)
            {
                await ExpectWellAsync();
            }
        }

        Assert.Equal(200, await slow.ReadStatusAsync(Cancellation));
    }

    [Fact]
    public async Task Callers_who_leave_in_the_middle_of_a_request_leave_nothing_behind()
    {
        var fuzz = new Fuzz(9);
        var body = Encoding.UTF8.GetBytes(Operation.Embeddings.Body);
        byte[] request = [.. RawClient.Head("/" + Operation.Embeddings.Path, body.Length, Key), .. body];
        for (var i = 0; i < 100; i++)
        {
            using var leaving = await RawClient.ConnectAsync(_system.Gateway.Endpoint, Cancellation);
            await leaving.SendAsync(request.AsMemory(0, fuzz.Random.Next(1, request.Length)), Cancellation);
        }

        await ExpectWellAsync();
        Assert.Equal(1, _system.Instances.Sum(instance => instance.Counters.Snapshot().Count()));
    }

    [Fact]
    public async Task Callers_who_never_read_hold_up_nobody_and_are_forgotten_when_they_leave()
    {
        // Far more than fits into the buffers between an instance and a caller.
        var input = string.Join(",", Enumerable.Range(0, 400).Select(i => $"\"text {i}\""));
        var body = Encoding.UTF8.GetBytes($$"""{"input":[{{input}}],"encoding_format":"float"}""");
        byte[] request = [.. RawClient.Head("/" + Operation.Embeddings.Path, body.Length, Key), .. body];
        var callers = new List<RawClient>();
        for (var i = 0; i < 10; i++)
        {
            callers.Add(await RawClient.ConnectAsync(_system.Gateway.Endpoint, Cancellation));
            await callers[i].SendAsync(request, Cancellation);

            // The head and no more: so much is under way.
            Assert.Equal(200, await ReadHeadAsync(callers[i]));
        }

        await ExpectWellAsync();
        callers.ForEach(caller => caller.Dispose());

        foreach (ModelInstance instance in _system.Instances)
        {
            await Wait.For(instance.Counters.WaitForAsync(counters => counters.InFlight == 0, Cancellation));
        }

        await ExpectWellAsync();
    }

    private static byte[] OddRequest(Random random)
    {
        var deployment = Text(random, random.Next(1, 12), "abc-._~%41%2F%C3%A9%20!$&'()*+,;=:@");
        var header = Text(random, random.Next(0, 20), "abc \t\u00e9\u00ff\"'\\;,=<>{}[]()%");
        var query = Text(random, random.Next(0, 15), "api-version=&?%41+/;\u00e9");
        var body = new byte[random.Next(0, 200)];
        random.NextBytes(body);
        return [.. RawClient.Head($"/openai/deployments/{deployment}/embeddings?{query}", body.Length, $"{Key}{Close}x-odd: {header}\r\n"), .. body];
    }

    private static string Text(Random random, int length, string alphabet) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]));

    private static async Task<int> ExchangeAsync(Uri endpoint, byte[] request)
    {
        using var client = await RawClient.ConnectAsync(endpoint, Cancellation);
        await client.SendAsync(request, Cancellation);
        return await client.ReadStatusAsync(Cancellation);
    }

    private static async Task<int> ReadHeadAsync(RawClient client)
    {
        var line = new byte[12];
        await client.Stream.ReadExactlyAsync(line, Cancellation);
        return int.Parse(Encoding.Latin1.GetString(line.AsSpan(9)), CultureInfo.InvariantCulture);
    }

    private async Task ExpectWellAsync()
    {
        using var response = await _client.SendAsync(Operation.Chat.CreateRequest(), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
