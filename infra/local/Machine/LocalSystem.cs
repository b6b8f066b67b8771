using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Logs;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Admin;
using ContosoSuites.Local.Servers;

namespace ContosoSuites.Local.Machine;

/// <summary>
/// The whole system in one process: the simulated Azure OpenAI instances, the gateway over them, and the Function App over the
/// gateway. Each listens on a port of its own and knows the others by address only.
/// </summary>
public sealed class LocalSystem : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _started = new();
    private LocalModels? _models;

    private LocalSystem()
    {
    }

    /// <summary>The simulated instances, in the order of backends.json.</summary>
    public IReadOnlyList<ModelInstance> Instances => _models!.Instances;

    /// <summary>Where a gateway finds the simulated instances, by the backend's name.</summary>
    public IReadOnlyDictionary<string, BackendAddress> ModelAddresses => _models!.Addresses;

    /// <summary>The admin routes of the simulated instances.</summary>
    public ModelsAdmin Admin => _models!.Admin;

    /// <summary>The gateway.</summary>
    public GatewayServer Gateway { get; private set; } = null!;

    /// <summary>What writes the gateway's logs; null where <see cref="LocalSystemOptions.LogFile"/> is null.</summary>
    internal SqliteRequestLog? RequestLog { get; private set; }

    /// <summary>The query API on the gateway's logs; null where <see cref="LocalSystemOptions.LogFile"/> is null.</summary>
    public LogQueryServer? Logs { get; private set; }

    /// <summary>What the Function App has to know of the other parts.</summary>
    internal AppConnections Connections { get; private set; } = null!;

    /// <summary>The Function App; null where <see cref="LocalSystemOptions.StartApp"/> is false.</summary>
    public FunctionsHost? App { get; private set; }

    /// <summary>Starts everything, the last part last; what has started is stopped again when something fails.</summary>
    /// <exception cref="LocalStartException">A port is taken, or a backend is not known.</exception>
    public static Task<LocalSystem> StartAsync(LocalSystemOptions options, CancellationToken cancellationToken = default) =>
        EmbeddedServer.StartWholeAsync(new LocalSystem(), system => system.StartPartsAsync(options, cancellationToken));

    /// <summary>Stops everything, the last started first.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out IAsyncDisposable? part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(LocalSystemOptions options, CancellationToken cancellationToken)
    {
        _models = await OwnAsync(LocalModels.StartAsync(options, cancellationToken));
        RequestLog = LocalLogs.Open(options);
        if (RequestLog is not null)
        {
            // Below the gateway: it closes when no request can come any more.
            _started.Push(RequestLog);
        }

        Gateway = await OwnAsync(LocalGateway.StartAsync(options, _models.Addresses, cancellationToken, RequestLog));
        if (options.LogFile is not null)
        {
            Logs = await OwnAsync(LocalLogs.StartQueriesAsync(options.LogFile, options.LogsPort, options.GatewayTime, cancellationToken));
        }

        Connections = new AppConnections(Gateway.Endpoint, Logs?.Endpoint, options.RealBackends.Concat(_models.Addresses).ToDictionary());
        if (options.StartApp)
        {
            App = await OwnAsync(LocalApp.StartAsync(options, Connections, cancellationToken));
        }
    }

    private async Task<T> OwnAsync<T>(Task<T> start)
        where T : IAsyncDisposable
    {
        T part = await start;
        _started.Push(part);
        return part;
    }
}
