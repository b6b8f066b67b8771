using System.Globalization;
using System.Net;
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
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Local.Gateway;

/// <summary>
/// API Management on this machine, as far as this system uses it: runs infra/gateway/policy.xml, as it is deployed, over the
/// backends of infra/gateway/backends.json.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TokenMetrics _metrics;
    private readonly HttpMessageInvoker _transport;

    private GatewayServer(WebApplication app, TokenMetrics metrics, HttpMessageInvoker transport)
    {
        _app = app;
        _metrics = metrics;
        _transport = transport;
        Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
    }

    /// <summary>The gateway's root, <c>http://127.0.0.1:{port}/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts a gateway. It listens when this returns.</summary>
    /// <exception cref="GatewayConfigurationException">A file or a setting is wrong.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<GatewayServer> StartAsync(GatewayOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        // For the start, as the pipeline does for each request: no message depends on the machine's culture.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var time = timeProvider ?? TimeProvider.System;
        var files = GatewayFiles.Read(options.Directory);
        var backends = BackendRegistry.Create(files.Backends, options.Backends, time);
        var loader = new PolicyLoader(options.Directory, NamedValues.Create(files.Backends, options.NamedValues), backends);
        var policy = loader.Load(new ExpressionCache(options.ExpressionCacheDirectory));
        var keys = new SubscriptionKeys(files.Api, options.Subscriptions);
        var log = new GatewayLog((options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<GatewayServer>());
        var metrics = new TokenMetrics(loader.MetricNamespaces);
        var transport = BackendTransport.Create(options.Backends.Values.Select(backend => backend.Authority).OfType<X509Certificate2>());
        var services = new GatewayServices
        {
            Api = new ApiDefinition(files.Api),
            Backends = backends,
            Cache = new ValueCache(time),
            Deployment = new DeploymentInfo(options.Region),
            Diagnostics = files.Diagnostics,
            EmptyPool = options.EmptyPool,
            Forwarder = new Forwarder(transport),
            Log = log,
            Time = time,
            TokenCounters = new TokenCounters(time),
            TokenMetrics = metrics,
        };
        var writer = new ResponseWriter(options.ResponseIdleTimeout);
        var pipeline = new GatewayPipeline(services, policy, keys, writer, options.RequestLog, options.MaxRequestBodyBytes);

        var app = Build(options, metrics);
        app.Run(pipeline.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            metrics.Dispose();
            transport.Dispose();
            throw;
        }

        var server = new GatewayServer(app, metrics, transport);
        log.Started(server.Endpoint);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _metrics.Dispose();
        _transport.Dispose();
    }

    private static WebApplication Build(GatewayOptions options, TokenMetrics metrics)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options.LoggerFactory ?? NullLoggerFactory.Instance);
        builder.AddMetricsExport(metrics);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        return builder.Build();
    }

    private static void Configure(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        // The gateway's own limit answers in API Management's words.
        kestrel.Limits.MaxRequestBodySize = null;
        // Latin-1 keeps every byte of a header as it is, both ways.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Listen(IPAddress.Loopback, options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
    }
}
