using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>The backends and the pool of backends.json, by name.</summary>
internal sealed class BackendRegistry
{
    private readonly FrozenDictionary<string, IBackendTarget> _targets;

    private BackendRegistry(FrozenDictionary<string, IBackendTarget> targets) => _targets = targets;

    /// <summary>All names, for messages.</summary>
    public IEnumerable<string> Names => _targets.Keys.Order(StringComparer.Ordinal);

    /// <exception cref="GatewayConfigurationException">The file and the addresses do not fit together.</exception>
    public static BackendRegistry Create(BackendsFile file, IReadOnlyDictionary<string, BackendAddress> addresses, TimeProvider time)
    {
        Validate(file, addresses);
        var rule = CircuitBreakerRule.From(file.CircuitBreaker);
        var backends = file.Backends
            .Select((entry, index) => new Backend(index, entry.Name, entry.Priority, entry.Weight, addresses[entry.Name], new CircuitBreaker(rule, time)))
            .ToList();
        return new BackendRegistry(backends
            .Select(backend => KeyValuePair.Create(backend.Name, (IBackendTarget)backend))
            .Append(KeyValuePair.Create(file.Pool, (IBackendTarget)new BackendPool(backends)))
            .ToFrozenDictionary());
    }

    /// <summary>The backend or pool called <paramref name="name"/>; null when there is none.</summary>
    public IBackendTarget? Find(string name) => _targets.GetValueOrDefault(name);

    private static void Validate(BackendsFile file, IReadOnlyDictionary<string, BackendAddress> addresses)
    {
        if (file.Backends.Count is 0 or > TriedBackends.Capacity)
        {
            throw Wrong($"the pool has {file.Backends.Count} backends; it takes 1 to {TriedBackends.Capacity}.");
        }

        var names = new HashSet<string> { file.Pool };
        foreach (var entry in file.Backends)
        {
            if (!names.Add(entry.Name))
            {
                throw Wrong($"the name {entry.Name} is used twice.");
            }

            if (entry.Priority is < 0 or > 100 || entry.Weight is < 1 or > 100)
            {
                throw Wrong($"{entry.Name} has priority {entry.Priority} and weight {entry.Weight}; priorities go from 0 to 100, weights from 1 to 100.");
            }

            if (!addresses.TryGetValue(entry.Name, out var address))
            {
                throw Wrong($"no address is given for the backend {entry.Name}.");
            }

            if (!address.Url.IsAbsoluteUri || address.Url.Scheme is not ("http" or "https"))
            {
                throw Wrong($"the address of {entry.Name} is \"{address.Url}\"; it must be an absolute http or https URL.");
            }
        }

        if (addresses.Keys.FirstOrDefault(name => file.Backends.All(entry => entry.Name != name)) is { } unknown)
        {
            throw Wrong($"an address is given for {unknown}, which is none of the backends {string.Join(", ", file.Backends.Select(entry => entry.Name))}.");
        }
    }

    private static GatewayConfigurationException Wrong(string what) => new($"{GatewayFiles.BackendsName}: {what}");
}
