using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>The backends and the pools of backends.json, by name: for each deployment one backend an instance, and their pool.</summary>
internal sealed class BackendRegistry
{
    private const int MostOfPool = 30;

    private readonly FrozenDictionary<string, IBackendTarget> _targets;

    /// <exception cref="GatewayConfigurationException">The file and the addresses do not fit together.</exception>
    public BackendRegistry(BackendsFile file, IReadOnlyDictionary<string, BackendAddress> addresses, TimeProvider time)
    {
        Validate(file, addresses);
        var rule = CircuitBreakerRule.From(file.CircuitBreaker);
        var targets = new Dictionary<string, IBackendTarget>();
        foreach (var deployment in file.Deployments)
        {
            List<Backend> backends = [.. file.Instances.Select(instance => new Backend(
                deployment.BackendOf(instance), instance.Priority, instance.Weight, addresses[instance.Name], new CircuitBreaker(rule, time))
            {
                Region = addresses[instance.Name].Models is null ? null : instance.Region,
            })];
            foreach (var target in backends.Append<IBackendTarget>(new BackendPool(deployment.Pool, backends)))
            {
                ThrowIf(
                    !targets.TryAdd(target.Name, target),
                    $"the name {target.Name} is used twice: pools and backends (an instance's name, a dash, a deployment's) need names of their own.");
            }
        }

        _targets = targets.ToFrozenDictionary();
    }

    /// <summary>All names, for messages.</summary>
    public string Names => string.Join(", ", _targets.Keys.Order(StringComparer.Ordinal));

    /// <summary>The backend or pool called <paramref name="name"/>; null when there is none.</summary>
    public IBackendTarget? Find(string name) => _targets.GetValueOrDefault(name);

    private static void Validate(BackendsFile file, IReadOnlyDictionary<string, BackendAddress> addresses)
    {
        ThrowIf(file.Instances.Count is 0 or > MostOfPool, $"there are {file.Instances.Count} instances; a pool takes 1 to {MostOfPool}.");
        var twice = file.Instances.GroupBy(instance => instance.Name).FirstOrDefault(group => group.Count() > 1);
        ThrowIf(twice is not null, $"the name {twice?.Key} is used twice.");

        foreach (var entry in file.Instances)
        {
            ThrowIf(
                entry.Priority is < 0 or > 100 || entry.Weight is < 1 or > 100,
                $"{entry.Name} has priority {entry.Priority} and weight {entry.Weight}; priorities go from 0 to 100, weights from 1 to 100.");
            ThrowIf(!addresses.TryGetValue(entry.Name, out var address), $"no address is given for the instance {entry.Name}.");
            ThrowIf(
                !address.Url.IsAbsoluteUri || address.Url.Scheme is not ("http" or "https"),
                $"the address of {entry.Name} is \"{address.Url}\"; it must be an absolute http or https URL.");
        }

        var unknown = addresses.Keys.FirstOrDefault(name => file.Instances.All(entry => entry.Name != name));
        ThrowIf(unknown is not null, $"an address is given for {unknown}, which is none of the instances {string.Join(", ", file.Instances.Select(entry => entry.Name))}.");
    }

    private static void ThrowIf([DoesNotReturnIf(true)] bool wrong, string what) =>
        GatewayConfigurationException.ThrowIf(wrong, $"{GatewayFiles.BackendsName}: {what}");
}
