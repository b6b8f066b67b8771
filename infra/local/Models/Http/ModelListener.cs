using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ContosoSuites.Local.Models.Http;

/// <summary>
/// A Kestrel server that can be closed and opened again on the same port.
/// </summary>
/// <remarks>
/// The server stands alone, without a generic host around it: an instance must cost as little as possible per request,
/// since it is the yardstick the gateway is measured with, and must not read settings or signals meant for the process.
/// </remarks>
internal sealed class ModelListener : IAsyncDisposable
{
    private readonly RequestDelegate _handler;
    private readonly long _maxRequestBytes;
    private KestrelServer? _server;
    private Socket? _reservation;

    private ModelListener(RequestDelegate handler, long maxRequestBytes)
    {
        _handler = handler;
        _maxRequestBytes = maxRequestBytes;
    }

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    public static async Task<ModelListener> StartAsync(int port, long maxRequestBytes, RequestDelegate handler, CancellationToken cancellationToken)
    {
        var listener = new ModelListener(handler, maxRequestBytes) { Endpoint = AddressOf(port) };
        await listener.OpenAsync(cancellationToken);
        return listener;
    }

    /// <summary>Listens, if it does not already.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            return;
        }

        _reservation?.Dispose();
        _reservation = null;
        KestrelServer server = CreateServer();
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
        Endpoint = AddressOf(new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port);
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

    private static Uri AddressOf(int port) => new($"http://127.0.0.1:{port}/");

    private KestrelServer CreateServer()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = _maxRequestBytes;
        options.Listen(IPAddress.Loopback, Endpoint.Port);
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
