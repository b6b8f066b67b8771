using ContosoSuites.Local.Gateway;
using Microsoft.Extensions.Time.Testing;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>A gateway on a time that stands still unless the test moves it, and a client with a valid key.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly GatewayServer _server;

    private TestGateway(GatewayServer server, FakeTimeProvider time, RecordingLog log)
    {
        _server = server;
        Time = time;
        Log = log;
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = server.Endpoint, Timeout = TimeSpan.FromSeconds(20) };
        Client.DefaultRequestHeaders.Add("api-key", GatewaySubscription.LocalKey);
    }

    public HttpClient Client { get; }

    public Uri Endpoint => _server.Endpoint;

    public RecordingLog Log { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>Over the deployed files.</summary>
    public static Task<TestGateway> StartAsync(Uri primary, Uri secondary, Func<GatewayOptions, GatewayOptions>? configure = null) =>
        StartAsync(
            GatewayFolder.Deployed,
            new() { ["openai-primary"] = new BackendAddress(primary), ["openai-secondary"] = new BackendAddress(secondary) },
            configure);

    public static async Task<TestGateway> StartAsync(
        string directory, Dictionary<string, BackendAddress> backends, Func<GatewayOptions, GatewayOptions>? configure = null, FakeTimeProvider? time = null)
    {
        time ??= new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var log = new RecordingLog();
        var options = new GatewayOptions { Directory = directory, Backends = backends, RequestLogs = [log] };
        return new TestGateway(await GatewayServer.StartAsync(configure?.Invoke(options) ?? options, time), time, log);
    }

    public Task<HttpResponseMessage> SendAsync(Operation operation) => Client.SendAsync(operation.CreateRequest());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Log.Dispose();
    }
}
