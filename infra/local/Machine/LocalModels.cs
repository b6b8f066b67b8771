using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Admin;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Local.Servers;

namespace ContosoSuites.Local.Machine;

/// <summary>A simulated Azure OpenAI instance for every backend in backends.json that no real one replaces, and their admin server.</summary>
public sealed class LocalModels : IAsyncDisposable
{
    private readonly List<ModelInstance> _instances = [];
    private readonly ModelCertificates? _certificates;
    private ModelsAdmin? _admin;

    private LocalModels(ModelCertificates? certificates) => _certificates = certificates;

    /// <summary>The instances, in the order of backends.json.</summary>
    public IReadOnlyList<ModelInstance> Instances => _instances;

    /// <summary>Their admin routes.</summary>
    public ModelsAdmin Admin => _admin!;

    /// <summary>Where the gateway finds each of them, by the backend's name.</summary>
    public IReadOnlyDictionary<string, BackendAddress> Addresses =>
        _instances.ToDictionary(instance => instance.Name, instance => new BackendAddress(new Uri(instance.Endpoint, "openai")) { Authority = _certificates?.Authority });

    /// <summary>Starts them; what has started is stopped again when something fails.</summary>
    /// <exception cref="LocalStartException">A port is taken, a real backend is not known, or a fault in backends.json makes no sense.</exception>
    public static Task<LocalModels> StartAsync(LocalSystemOptions options, CancellationToken cancellationToken = default) =>
        EmbeddedServer.StartWholeAsync(
            new LocalModels(options.ModelsHttps ? ModelCertificates.Create() : null), models => models.StartPartsAsync(options, cancellationToken));

    /// <summary>Stops them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        foreach (ModelInstance instance in _instances)
        {
            await instance.DisposeAsync();
        }

        _certificates?.Dispose();
    }

    /// <summary>The backends that no real one replaces; from the first one's port on, or on any free ports.</summary>
    /// <exception cref="LocalStartException">A real backend is not in backends.json.</exception>
    internal static IReadOnlyList<(InstanceEntry Backend, int Port)> Simulated(LocalSystemOptions options)
    {
        BackendsFile file = GatewayFiles.Read(options.GatewayDirectory).Backends;
        foreach (string name in options.RealBackends.Keys.Where(name => file.Instances.All(backend => backend.Name != name)))
        {
            throw new LocalStartException(
                $"There is no backend '{name}' in {GatewayFiles.BackendsName}; it has {string.Join(", ", file.Instances.Select(backend => backend.Name))}.");
        }

        return
        [
            .. file.Instances
                .Where(backend => !options.RealBackends.ContainsKey(backend.Name))
                .Select((backend, i) => (backend, options.ModelsPort == 0 ? 0 : options.ModelsPort + i)),
        ];
    }

    private async Task StartPartsAsync(LocalSystemOptions options, CancellationToken cancellationToken)
    {
        foreach ((InstanceEntry backend, int port) in Simulated(options))
        {
            ModelInstance instance = await PortInUse.ExplainAsync(port, "--models-port", () => ModelInstance.StartAsync(
                new ModelInstanceOptions { Name = backend.Name, Region = backend.Region, Port = port, Certificates = _certificates, ChunkDelay = options.ModelPace },
                cancellationToken: cancellationToken));
            _instances.Add(instance);
            await SetFaultAsync(instance, backend.Fault, cancellationToken);
        }

        _admin = await PortInUse.ExplainAsync(options.AdminPort, "--admin-port", () => ModelsAdmin.StartAsync(_instances, options.AdminPort, cancellationToken));
    }

    private static async Task SetFaultAsync(ModelInstance instance, JsonElement? fault, CancellationToken cancellationToken)
    {
        try
        {
            await instance.SetFaultAsync(fault is { } json ? ModelFaultJson.Read(json) : null, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new LocalStartException($"{GatewayFiles.BackendsName}: the fault of {instance.Name} can not be used: {e.Message}", e);
        }
    }
}
