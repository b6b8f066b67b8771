using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Policies;
using ContosoSuites.Local.Gateway.Tokens;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Local.Gateway;

/// <summary>
/// API Management on this machine, as far as this system uses it: runs infra/gateway/policy.xml, as it is deployed, over the
/// backends of infra/gateway/backends.json.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    // Where API Management's gateways say that they are alive: to load balancers, and to the app's health.
    private const string StatusPath = "/status-0123456789abcdef";

    // For the requests that are under way when the gateway stops.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly TokenMetrics _metrics = new();
    private readonly HttpMessageInvoker _transport;
    private WebApplication? _app;

    private GatewayServer(HttpMessageInvoker transport) => _transport = transport;

    /// <summary>The gateway's root, <c>http://127.0.0.1:{port}/</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Starts a gateway. It listens when this returns.</summary>
    /// <exception cref="GatewayConfigurationException">A file or a setting is wrong.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<GatewayServer> StartAsync(GatewayOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default) =>
        EmbeddedServer.StartWholeAsync(
            new GatewayServer(BackendTransport.Create(options.Backends.Values.Select(backend => backend.Authority).OfType<X509Certificate2>())),
            server => server.OpenAsync(options, timeProvider ?? TimeProvider.System, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _metrics.Dispose();
        _transport.Dispose();
    }

    private async Task OpenAsync(GatewayOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // For the start, as the pipeline does for each request: no message depends on the machine's culture.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var files = GatewayFiles.Read(options.Directory);
        var backends = new BackendRegistry(files.Backends, options.Backends, time);
        var policy = new PolicyLoader(options.Directory, NamedValues.Create(files.Backends, options.NamedValues), backends, _metrics)
            .Load(new ExpressionCache(ExpressionCache.DefaultDirectory));
        var keys = new SubscriptionKeys(files.Api, options.Subscriptions);
        var logging = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var log = new GatewayLog(logging.CreateLogger<GatewayServer>());
        var services = new GatewayServices(new ApiDefinition(files.Api), backends, files.Diagnostics, options.EmptyPool, new Forwarder(_transport), log, time);
        var builder = EmbeddedServer.CreateBuilder(options.Port, Configure);
        builder.Services.AddSingleton(logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        _metrics.Export(builder);
        _app = await builder.StartAsync(
            app =>
            {
                app.Map(StatusPath, status => status.Run(http => http.Response.WriteAsync("Service Operational", http.RequestAborted)));
                app.Run(new GatewayPipeline(services, policy, keys, options).HandleAsync);
            },
            cancellationToken);
        Endpoint = new Uri(_app.Urls.Single() + "/");
    }

    private static void Configure(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        var kestrel = listen.KestrelServerOptions;

        // The gateway's own limit answers in API Management's words.
        kestrel.Limits.MaxRequestBodySize = null;
        // Latin-1 keeps every byte of a header as it is, both ways.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
    }
}

/// <summary>What the gateway logs: what its records of the requests do not tell. No messages of exceptions: they may quote a header or a body.</summary>
internal sealed partial class GatewayLog(ILogger<GatewayServer> logger)
{
    [LoggerMessage(1, LogLevel.Error, "The policy <{Element}> failed for request {RequestId}: {Reason} ({Exception})")]
    public partial void PolicyFailed(Guid requestId, string element, string reason, string? exception);

    [LoggerMessage(2, LogLevel.Error, "Request {RequestId} failed: {Exception}\n{StackTrace}")]
    public partial void RequestFailed(Guid requestId, string exception, string? stackTrace);
}
