using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>What reaches the instance of a request, and the caller of a response.</summary>
public sealed class PassingThroughTests : IAsyncLifetime
{
    private static readonly string[] NamesOfTheConnection = ["Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Upgrade"];

    private static readonly string OfTheConnection = string.Concat(NamesOfTheConnection.Select(name => $"{name}: x\r\n"));

    private StubBackend _backend = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await StubBackend.StartAsync("swedencentral");
        _gateway = await TestGateway.StartAsync(_backend.Url, _backend.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task The_request_arrives_as_it_was_but_for_the_credentials()
    {
        const string Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var sent = Operation.Chat.CreateRequest();
        sent.Headers.Add("x-contoso-function", "Chat");
        sent.Headers.Add("traceparent", Traceparent);
        sent.Headers.Add("x-ms-client-request-id", "1f2e");
        sent.Headers.Add("Authorization", "Bearer of the caller");
        sent.Headers.TryAddWithoutValidation("x-many", (string[])["one", "two"]);
        sent.Headers.Connection.Add("x-private");
        sent.Headers.Add("x-private", "hop");
        using var response = await _gateway.Client.SendAsync(sent, TestContext.Current.CancellationToken);

        var received = _backend.Requests.Single();
        Assert.Equal("POST", received.Method);
        Assert.Equal("/" + Operation.Chat.Path, received.Target);
        Assert.Equal(Operation.Chat.Body, received.Body);
        Assert.Equal("application/json; charset=utf-8", received.Headers["Content-Type"]);
        Assert.Equal("Chat", received.Headers["x-contoso-function"]);
        Assert.Equal(Traceparent, received.Headers["traceparent"]);
        Assert.Equal("1f2e", received.Headers["x-ms-client-request-id"]);
        Assert.Equal("one,two", received.Headers["x-many"].Replace(", ", ",", StringComparison.Ordinal));
        Assert.Equal("Bearer local-managed-identity-token", received.Headers["Authorization"]);
        Assert.Equal(_backend.Url.Authority, received.Headers["Host"]);
        Assert.DoesNotContain("api-key", received.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("x-private", received.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("Transfer-Encoding", received.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_backend_with_a_key_gets_its_key_and_no_token()
    {
        await using var gateway = await TestGateway.StartAsync(GatewayFolder.Deployed, new()
        {
            ["openai-primary"] = new BackendAddress(_backend.Url, "instance-key"),
            ["openai-secondary"] = new BackendAddress(_backend.Url, "instance-key"),
        });
        using var response = await gateway.SendAsync(Operation.Chat);

        var received = _backend.Requests.Single();
        Assert.Equal("instance-key", received.Headers["api-key"]);
        Assert.DoesNotContain("Authorization", received.Headers.Keys);
    }

    [Fact]
    public async Task The_response_arrives_as_it_was()
    {
        var compressed = Gzip("a body that is compressed");
        _backend.Handler = async http =>
        {
            http.Response.StatusCode = 200;
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers["apim-request-id"] = "51d0";
            http.Response.Headers["x-ratelimit-remaining-tokens"] = "950";
            http.Response.Headers["Set-Cookie"] = (string[])["a=1", "b=2"];
            await http.Response.Body.WriteAsync(compressed);
        };
        using var response = await _gateway.SendAsync(Operation.Chat);

        Assert.Equal(compressed, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Equal("51d0", response.Headers.GetValues("apim-request-id").Single());
        Assert.Equal("950", response.Headers.GetValues("x-ratelimit-remaining-tokens").Single());
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("swedencentral", response.Headers.GetValues("x-ms-region").Single());
        Assert.Equal("0", response.Headers.GetValues("X-Backend-Retry").Single());
    }

    /// <summary>
    /// What is about one connection (RFC 9110, 7.6.1) goes no further, and what is not does. Beside keep-alive the server forgets what else a caller's
    /// Connection lists.
    /// </summary>
    [Theory]
    [InlineData("Connection: x-one ,X-Two")]
    [InlineData("Connection: x-one\r\nConnection: X-Two")]
    public async Task What_is_about_the_callers_connection_does_not_reach_the_instance(string connection)
    {
        using RawClient raw = await RawClient.ConnectAsync(_gateway.Endpoint, TestContext.Current.CancellationToken);
        byte[] body = Encoding.UTF8.GetBytes(Operation.Chat.Body);
        await raw.SendAsync(
            RawClient.Head(
                "/" + Operation.Chat.Path,
                body.Length,
                $"api-key: {GatewaySubscription.LocalKey}\r\n{connection}\r\nx-one: 1\r\nx-two: 2\r\nx-three: 3\r\n{OfTheConnection}"),
            TestContext.Current.CancellationToken);
        await raw.SendAsync(body, TestContext.Current.CancellationToken);
        Assert.Equal(200, await raw.ReadStatusAsync(TestContext.Current.CancellationToken));

        IReadOnlyDictionary<string, string> received = Assert.Single(_backend.Requests).Headers;
        Assert.Equal("3", received["x-three"]);
        Assert.Empty(received.Keys.Intersect([.. NamesOfTheConnection, "Connection", "x-one", "x-two"], StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_about_the_instances_connection_does_not_reach_the_caller()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, Encoding.Latin1.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, x-one\r\nConnection: X-Two\r\nx-one: 1\r\nx-two: 2\r\nx-three: 3\r\n{OfTheConnection}\r\n{{}}"));
        await using var gateway = await TestGateway.StartAsync(
            new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/openai"), _backend.Url);

        using var response = await gateway.SendAsync(Operation.Chat);
        listener.Stop();
        await serving;

        Assert.Equal("3", response.Headers.GetValues("x-three").Single());
        Assert.Empty(_backend.Requests);
        Assert.Empty(response.Headers.Concat(response.Content.Headers).Select(header => header.Key)
            .Intersect([.. NamesOfTheConnection, "Connection", "x-one", "x-two"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_response_without_a_body_arrives_without_one(int status)
    {
        _backend.Handler = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.ETag = "\"a\"";
            return Task.CompletedTask;
        };
        using var response = await _gateway.SendAsync(Operation.Chat);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("\"a\"", response.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_stream_passes_piece_by_piece_while_it_is_made()
    {
        var callerHasFirst = new TaskCompletionSource();
        _backend.Handler = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: {\"first\":1}\n\n");
            await http.Response.Body.FlushAsync();

            // Only a gateway that passes the first piece on lets this end.
            await callerHasFirst.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await http.Response.WriteAsync("data: {\"last\":1}\n\ndata: [DONE]\n\n");
        };

        using var response = await _gateway.Client.SendAsync(
            Operation.StreamedChat.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("data: {\"first\":1}", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        callerHasFirst.SetResult();

        Assert.Equal("\ndata: {\"last\":1}\n\ndata: [DONE]\n\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8191)]
    [InlineData(3_000_000)]
    public async Task A_body_of_any_size_is_the_same_byte_for_byte(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        foreach (var withLength in (bool[])[true, false])
        {
            _backend.Handler = http =>
            {
                http.Response.ContentLength = withLength ? size : null;
                return http.Response.Body.WriteAsync(bytes).AsTask();
            };
            using var response = await _gateway.SendAsync(Operation.Chat);

            Assert.Equal(withLength ? size : null, response.Content.Headers.NonValidated.Contains("Content-Length") ? response.Content.Headers.ContentLength : null);
            Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_breaks_off_is_an_error_for_the_caller(bool withLength)
    {
        var callerHasFirst = new TaskCompletionSource();
        _backend.Handler = async http =>
        {
            http.Response.ContentLength = withLength ? 1000 : null;
            await http.Response.WriteAsync("data: {\"first\":1}\n\n");
            await callerHasFirst.Task.WaitAsync(TimeSpan.FromSeconds(10));
            http.Abort();
        };
        await ExpectErrorAfterFirstPieceAsync(_ =>
        {
            callerHasFirst.SetResult();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_body_that_stalls_is_an_error_for_the_caller()
    {
        _backend.Handler = async http =>
        {
            await http.Response.WriteAsync("data: {\"first\":1}\n\n");
            await Stub.Hang(http);
        };
        await ExpectErrorAfterFirstPieceAsync(ending => Wait.WhileMovingAsync(ending, _gateway.Time, TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-odd: \u0001\r\n\r\n{}")]
    [InlineData("this is not HTTP\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    public async Task A_response_that_can_not_be_passed_on_is_no_response(string text)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, Encoding.Latin1.GetBytes(text));
        await using var gateway = await TestGateway.StartAsync(
            new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/openai"), _backend.Url);
        using var response = await gateway.SendAsync(Operation.Chat);
        listener.Stop();
        await serving;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("X-Backend-Retry").Single());
        Assert.Equal("openai-primary-chat", (await gateway.Log.NextAsync()).Attempts[0].Backend);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_goes_ends_the_call_and_trips_nothing(bool inTheBody)
    {
        var gone = new TaskCompletionSource();
        _backend.Handler = async http =>
        {
            using var registration = http.RequestAborted.Register(gone.SetResult);
            if (inTheBody)
            {
                await http.Response.WriteAsync("data: {\"first\":1}\n\n");
                await http.Response.Body.FlushAsync();
            }

            await Stub.Hang(http);
        };
        using (var leaving = new CancellationTokenSource())
        {
            var response = _gateway.Client.SendAsync(Operation.StreamedChat.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            await _backend.ArrivalAsync(TestContext.Current.CancellationToken);
            if (inTheBody)
            {
                (await response).Dispose();
            }
            else
            {
                await leaving.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);
            }
        }

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var record = await _gateway.Log.NextAsync();
        Assert.Equal(499, record.ResponseCode);
        Assert.Equal("ClientConnectionFailure", record.LastErrorReason);
        Assert.Single(record.Attempts);
        Assert.Single(_backend.Requests);

        // Both backends still take their turns.
        _backend.Handler = Stub.Answer(200, "{}");
        var next = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await _gateway.SendAsync(Operation.Chat);
            next.Add((await _gateway.Log.NextAsync()).Attempts.Single().Backend);
        }

        Assert.Equal(2, next.Count);
    }

    private async Task ExpectErrorAfterFirstPieceAsync(Func<Task, Task> afterFirstPiece)
    {
        using var response = await _gateway.Client.SendAsync(
            Operation.StreamedChat.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var first = await stream.ReadAtLeastAsync(buffer, 19, throwOnEndOfStream: true, TestContext.Current.CancellationToken);
        Assert.Equal("data: {\"first\":1}\n\n", Encoding.UTF8.GetString(buffer, 0, first));

        var rest = stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken).AsTask();
        await afterFirstPiece(rest);

        await Assert.ThrowsAnyAsync<IOException>(() => rest);
        Assert.Equal("BackendConnectionFailure", (await _gateway.Log.NextAsync()).LastErrorReason);
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static async Task ServeAsync(TcpListener listener, byte[] response)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                _ = await client.GetStream().ReadAsync(new byte[10_000]);
                await client.GetStream().WriteAsync(response);
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
        }
    }
}
