using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Admin;

namespace ContosoSuites.Local;

/// <summary>A simulated Azure OpenAI instance for every backend in backends.json that no real one replaces, and their admin server.</summary>
public sealed class LocalModels : IAsyncDisposable
{
    private readonly List<ModelInstance> _instances = [];
    private ModelsAdmin? _admin;

    private LocalModels()
    {
    }

    /// <summary>The instances, in the order of backends.json.</summary>
    public IReadOnlyList<ModelInstance> Instances => _instances;

    /// <summary>Their admin routes.</summary>
    public ModelsAdmin Admin => _admin!;

    /// <summary>Where the gateway finds each of them, by the backend's name.</summary>
    public IReadOnlyDictionary<string, BackendAddress> Addresses =>
        _instances.ToDictionary(instance => instance.Name, instance => new BackendAddress(new Uri(instance.Endpoint, "openai")));

    /// <summary>Starts them; what has started is stopped again when something fails.</summary>
    /// <exception cref="LocalStartException">A port is taken, or a real backend is not known.</exception>
    public static async Task<LocalModels> StartAsync(LocalSystemOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var models = new LocalModels();
        try
        {
            foreach ((BackendEntry backend, int port) in LocalBackends.Simulated(options))
            {
                models._instances.Add(await PortInUse.ExplainAsync(port, "--models-port", () => ModelInstance.StartAsync(
                    new ModelInstanceOptions { Name = backend.Name, Region = backend.Region, Port = port },
                    cancellationToken: cancellationToken)));
            }

            models._admin = await PortInUse.ExplainAsync(
                options.AdminPort, "--admin-port", () => ModelsAdmin.StartAsync(models._instances, options.AdminPort, cancellationToken));
            return models;
        }
        catch
        {
            await models.DisposeAsync();
            throw;
        }
    }

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
    }
}
