using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local;

/// <summary>Which backends of backends.json are simulated, and on which ports.</summary>
internal static class LocalBackends
{
    /// <summary>The backends that no real one replaces; from the first one's port on, or on any free ports.</summary>
    /// <exception cref="LocalStartException">A real backend is not in backends.json.</exception>
    public static IReadOnlyList<(InstanceEntry Backend, int Port)> Simulated(LocalSystemOptions options)
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
}
