using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Hosting.Server;

namespace ContosoSuites.Local.Models;

/// <summary>
/// One simulated Azure OpenAI instance: an HTTP server that speaks the chat completions and embeddings protocol, answers
/// by fixed rules, and can be told to fail.
/// </summary>
public sealed class ModelInstance : IAsyncDisposable
{
    private readonly ModelInstanceOptions _options;
    private readonly ModelApi _api;
    private readonly FaultSwitch _faults = new();
    private readonly SemaphoreSlim _settingFault = new(1, 1);
    private WebApplication? _server;
    private X509Certificate2? _certificate;
    private Socket? _reservation;
    private bool _disposed;

    private ModelInstance(ModelInstanceOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _api = new ModelApi(options, _faults, Counters, timeProvider);
    }

    /// <summary>The instance's name.</summary>
    public string Name => _options.Name;

    /// <summary>The region it claims to be in.</summary>
    public string Region => _options.Region;

    /// <summary>Its root address. It stays the same through every fault.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What it did so far.</summary>
    public ModelCounters Counters { get; } = new();

    /// <summary>The fault it has now; null when it is healthy.</summary>
    public ModelFault? Fault => _faults.Current;

    /// <summary>Starts an instance. It listens when this returns.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ModelInstance> StartAsync(
        ModelInstanceOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        var instance = new ModelInstance(options, timeProvider ?? TimeProvider.System);
        await instance.OpenAsync(options.Port, options.Certificates?.Matching, cancellationToken);
        return instance;
    }

    /// <summary>Makes the instance fail from the next request on, or heals it.</summary>
    /// <exception cref="ArgumentException">The fault makes no sense for this instance.</exception>
    public async Task SetFaultAsync(ModelFault? fault, CancellationToken cancellationToken = default)
    {
        fault?.Validate();
        if (fault is WrongTlsNameFault && _options.Certificates is null)
        {
            throw new ArgumentException("The instance speaks plain http, which shows no name to be wrong. Start it with --models-https.");
        }

        await _settingFault.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _faults.Set(fault);
            X509Certificate2? certificate = fault is WrongTlsNameFault ? _options.Certificates!.ForAnotherName : _options.Certificates?.Matching;
            if (fault is RefuseFault)
            {
                await CloseAsync();
                _reservation ??= Reserve(Endpoint.Port);
            }
            else if (_server is null || _certificate != certificate)
            {
                await CloseAsync();
                await OpenAsync(Endpoint.Port, certificate, cancellationToken);
            }
        }
        finally
        {
            _settingFault.Release();
        }
    }

    /// <summary>Stops listening and drops the connections that are left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _settingFault.WaitAsync();
        try
        {
            _disposed = true;
            await CloseAsync();
            _reservation?.Dispose();
        }
        finally
        {
            _settingFault.Release();
        }
    }

    /// <summary>Bound but not listening: connections are refused, and nothing else on the machine is given the port meanwhile.</summary>
    private static Socket Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    /// <summary>Listens, over https when there is a certificate.</summary>
    private async Task OpenAsync(int port, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        _reservation?.Dispose();
        _reservation = null;
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port, endpoint =>
        {
            endpoint.KestrelServerOptions.Limits.MaxRequestBodySize = _options.MaxRequestBytes;
            if (certificate is not null)
            {
                endpoint.UseHttps(certificate);
            }
        });
        _server = await builder.StartAsync(_api.Map, cancellationToken);
        _certificate = certificate;
        Endpoint = new Uri($"{_server.Urls.Single()}/");
    }

    /// <summary>Stops listening and drops every connection, as a machine that goes away does.</summary>
    private async Task CloseAsync()
    {
        if (_server is { } server)
        {
            _server = null;

            // Already cancelled: connections are aborted, not waited for.
            await server.Services.GetRequiredService<IServer>().StopAsync(new CancellationToken(canceled: true));
            await server.DisposeAsync();
        }
    }
}
