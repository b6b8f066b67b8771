using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ContosoSuites.Local.Models.Http;

/// <summary>
/// A Kestrel server that can be closed and opened again on the same port, with a certificate or without.
/// </summary>
/// <remarks>
/// The server stands alone, without a generic host around it: an instance must cost as little as possible per request,
/// since it is the yardstick the gateway is measured with, and must not read settings or signals meant for the process.
/// </remarks>
internal sealed class ModelListener : IAsyncDisposable
{
    // Kestrel's https takes a logger and meters from a host's services; nothing else of that host is used.
    private static readonly Lazy<IServiceProvider> HttpsServices = new(() =>
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        return builder.Build().Services;
    });

    private readonly RequestDelegate _handler;
    private readonly long _maxRequestBytes;
    private KestrelServer? _server;
    private X509Certificate2? _certificate;
    private Socket? _reservation;

    private ModelListener(RequestDelegate handler, long maxRequestBytes)
    {
        _handler = handler;
        _maxRequestBytes = maxRequestBytes;
    }

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    public static async Task<ModelListener> StartAsync(
        int port, long maxRequestBytes, RequestDelegate handler, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var listener = new ModelListener(handler, maxRequestBytes) { Endpoint = AddressOf(port, certificate) };
        await listener.OpenAsync(certificate, cancellationToken);
        return listener;
    }

    /// <summary>
    /// Listens, over https when there is a certificate. It goes on as it is when it already does that; when it shows another
    /// certificate, its connections are dropped.
    /// </summary>
    public async Task OpenAsync(X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            if (_certificate == certificate)
            {
                return;
            }

            await CloseAsync();
        }

        _reservation?.Dispose();
        _reservation = null;
        KestrelServer server = CreateServer(certificate);
        try
        {
            await server.StartAsync(new HandlerApplication(_handler), cancellationToken);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        _server = server;
        _certificate = certificate;
        Endpoint = AddressOf(new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port, certificate);
    }

    /// <summary>Stops listening and drops every connection, as a machine that goes away does.</summary>
    public async Task CloseAsync()
    {
        if (_server is null)
        {
            return;
        }

        await StopServerAsync(_server);
        _server = null;

        // Bound but not listening: connections are refused, and nothing else on the machine is given the port meanwhile.
        _reservation = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _reservation.Bind(new IPEndPoint(IPAddress.Loopback, Endpoint.Port));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopServerAsync(_server);
            _server = null;
        }

        _reservation?.Dispose();
        _reservation = null;
    }

    private static async Task StopServerAsync(KestrelServer server)
    {
        // Already cancelled: connections are aborted, not waited for.
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
    }

    private static Uri AddressOf(int port, X509Certificate2? certificate) => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{port}/");

    private KestrelServer CreateServer(X509Certificate2? certificate)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = _maxRequestBytes;
        if (certificate is null)
        {
            options.Listen(IPAddress.Loopback, Endpoint.Port);
        }
        else
        {
            options.ApplicationServices = HttpsServices.Value;
            options.Listen(
                IPAddress.Loopback, Endpoint.Port, listen => listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate }));
        }

        return new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Hands every request to one delegate.</summary>
    private sealed class HandlerApplication(RequestDelegate handler) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handler(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
