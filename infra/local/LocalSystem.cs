using ContosoSuites.Functions.Gateway;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Admin;
using Microsoft.AspNetCore.Connections;

namespace ContosoSuites.Local;

/// <summary>
/// The whole system in one process: a simulated Azure OpenAI instance for every backend in backends.json that no real one
/// replaces, the gateway over them, and the Function App over the gateway. Each listens on a port of its own and knows the
/// others by address only.
/// </summary>
public sealed class LocalSystem : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _started = new();

    private LocalSystem()
    {
    }

    /// <summary>The simulated instances, in the order of backends.json.</summary>
    public IReadOnlyList<ModelInstance> Instances { get; private set; } = [];

    /// <summary>The admin routes of the simulated instances.</summary>
    public ModelsAdmin Admin { get; private set; } = null!;

    /// <summary>The gateway.</summary>
    public GatewayServer Gateway { get; private set; } = null!;

    /// <summary>The Function App; null where <see cref="LocalSystemOptions.StartApp"/> is false.</summary>
    public FunctionsHost? App { get; private set; }

    /// <summary>Starts everything, the last part last; what has started is stopped again when something fails.</summary>
    /// <exception cref="LocalStartException">A port is taken, or a backend is not known.</exception>
    public static async Task<LocalSystem> StartAsync(LocalSystemOptions options, CancellationToken cancellationToken = default)
    {
        var system = new LocalSystem();
        try
        {
            await system.StartPartsAsync(options, cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

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
        BackendsFile backends = GatewayFiles.Read(options.GatewayDirectory).Backends;
        RefuseUnknown(options.RealBackends.Keys, backends);
        var addresses = new Dictionary<string, BackendAddress>(options.RealBackends);
        var instances = new List<ModelInstance>();
        foreach (BackendEntry backend in backends.Backends.Where(b => !addresses.ContainsKey(b.Name)))
        {
            int port = options.ModelsPort == 0 ? 0 : options.ModelsPort + instances.Count;
            ModelInstance instance = await StartAsync(port, "--models-port", () => ModelInstance.StartAsync(
                new ModelInstanceOptions { Name = backend.Name, Region = backend.Region, Port = port },
                cancellationToken: cancellationToken));
            instances.Add(instance);
            addresses.Add(backend.Name, new BackendAddress(new Uri(instance.Endpoint, "openai")));
        }

        Instances = instances;
        Admin = await StartAsync(options.AdminPort, "--admin-port", () => ModelsAdmin.StartAsync(instances, options.AdminPort, cancellationToken));
        Gateway = await StartAsync(options.GatewayPort, "--gateway-port", () => GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = options.GatewayPort,
                Directory = options.GatewayDirectory,
                Backends = addresses,
                RequestLog = options.RequestLog,
            },
            cancellationToken: cancellationToken));
        if (options.StartApp)
        {
            App = await StartAsync(options.AppPort, "--app-port", () => FunctionsHost.StartAsync(
                new FunctionsHostOptions
                {
                    Port = options.AppPort,
                    FunctionsAssembly = typeof(ApiManagementOptions).Assembly,
                    HostJsonPath = options.HostJsonPath,
                    Settings = new Dictionary<string, string?>(options.AppSettings) { ["ApiManagement:Endpoint"] = Gateway.Endpoint.AbsoluteUri.TrimEnd('/') },
                },
                ct: cancellationToken));
        }
    }

    private static void RefuseUnknown(IEnumerable<string> names, BackendsFile backends)
    {
        foreach (string name in names.Where(name => backends.Backends.All(backend => backend.Name != name)))
        {
            throw new LocalStartException(
                $"There is no backend '{name}' in {GatewayFiles.BackendsName}; it has {string.Join(", ", backends.Backends.Select(backend => backend.Name))}.");
        }
    }

    private async Task<T> StartAsync<T>(int port, string portSetting, Func<Task<T>> start)
        where T : IAsyncDisposable
    {
        try
        {
            T part = await start();
            _started.Push(part);
            return part;
        }
        catch (Exception e) when (e is PortInUseException or IOException { InnerException: AddressInUseException })
        {
            throw new LocalStartException($"Port {port} is in use by another process. Stop that, or choose another port with {portSetting}.", e);
        }
    }
}
