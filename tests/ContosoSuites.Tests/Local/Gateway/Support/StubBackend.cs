using System.Collections.Concurrent;
using System.Text;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>A backend that does what the test tells it to, and remembers what it was asked.</summary>
internal sealed class StubBackend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly SemaphoreSlim _arrivals = new(0);

    private StubBackend(WebApplication app) => _app = app;

    public Func<HttpContext, Task> Handler { get; set; } = Stub.Answer(200, """{"ok":true}""");

    /// <summary>Told of every request before it is handled.</summary>
    public Action<StubRequest>? Received { get; set; }

    public IReadOnlyCollection<StubRequest> Requests => _requests;

    public Uri Url { get; private set; } = null!;

    public static async Task<StubBackend> StartAsync(string region, Func<HttpContext, Task>? handler = null)
    {
        var builder = EmbeddedServer.CreateBuilder(port: 0, endpoint => endpoint.KestrelServerOptions.Limits.MaxRequestBodySize = null);
        var stub = new StubBackend(builder.Build());
        if (handler is not null)
        {
            stub.Handler = handler;
        }

        stub._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            var request = new StubRequest(
                http.Request.Method,
                http.Request.Path.Value! + http.Request.QueryString.Value,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body);
            stub._requests.Enqueue(request);
            stub.Received?.Invoke(request);
            http.Response.Headers["x-ms-region"] = region;
            stub._arrivals.Release();
            await stub.Handler(http);
        });
        await stub._app.StartAsync();
        stub.Url = new Uri(stub._app.Urls.Single() + "/openai");
        return stub;
    }

    /// <summary>Waits for a request that no earlier call has waited for.</summary>
    public async Task ArrivalAsync(CancellationToken cancellationToken = default)
    {
        if (!await _arrivals.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken))
        {
            throw new TimeoutException("No request has arrived.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _arrivals.Dispose();
    }
}

internal sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
