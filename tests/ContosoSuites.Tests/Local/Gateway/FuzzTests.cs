using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Odd requests, written byte by byte: whatever comes, the gateway answers with something sensible and goes on.</summary>
public sealed class FuzzTests
{
    private const int Requests = 300;

    [Fact]
    public async Task Odd_requests_are_never_an_internal_error()
    {
        await using var backend = await StubBackend.StartAsync("swedencentral");
        await using var gateway = await TestGateway.StartAsync(backend.Url, backend.Url);
        var random = new Random(7);
        var codes = new List<int>();
        for (var i = 0; i < Requests; i++)
        {
            codes.Add(await ExchangeAsync(gateway.Endpoint, OddRequest(random)));
        }

        Assert.DoesNotContain(codes, code => code >= 500);

        // They are odd, but not so odd that none gets through.
        Assert.InRange(codes.Count(code => code == 200), Requests / 10, Requests - 1);
        using var response = await gateway.SendAsync(Operation.Chat);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static byte[] OddRequest(Random random)
    {
        var deployment = Text(random, random.Next(1, 12), "abc-._~%41%2F%C3%A9%20!$&'()*+,;=:@");
        var header = Text(random, random.Next(0, 20), "abc \t\u00e9\u00ff\"'\\;,=<>{}[]()%");
        var query = Text(random, random.Next(0, 15), "api-version=&?%41+/;\u00e9");
        var body = new byte[random.Next(0, 200)];
        random.NextBytes(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /openai/deployments/{deployment}/embeddings?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\napi-key: {GatewaySubscription.LocalKey}\r\nx-odd: {header}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    private static string Text(Random random, int length, string alphabet) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]));

    private static async Task<int> ExchangeAsync(Uri endpoint, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        await client.GetStream().WriteAsync(request);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var status = await reader.ReadLineAsync() ?? throw new IOException("The gateway has not answered.");
        return int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
