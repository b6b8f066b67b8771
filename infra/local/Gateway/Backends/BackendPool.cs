namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>
/// A load-balanced pool: round robin by weight within the lowest priority group that has a closed breaker.
/// </summary>
/// <remarks>
/// A retry prefers backends that the same request has not asked yet, first in its group, then in later groups, and only then
/// asks one again. API Management's documentation leaves this open. It matters for failures that trip no breaker: a backend
/// that refuses connections stays in the round robin, and under concurrent requests plain turns could hand one request to it
/// three times in a row.
/// </remarks>
internal sealed class BackendPool(string name, IEnumerable<Backend> backends) : IBackendTarget
{
    private readonly RoundRobin[] _groups =
        [.. backends.GroupBy(backend => backend.Priority).OrderBy(group => group.Key).Select(group => new RoundRobin(group))];

    public string Name => name;

    public Backend? Next(TriedBackends tried) => FirstOfGroups(tried) ?? (tried.Bits == 0 ? null : FirstOfGroups(default));

    private Backend? FirstOfGroups(TriedBackends except)
    {
        foreach (var group in _groups)
        {
            if (group.Next(except) is { } backend)
            {
                return backend;
            }
        }

        return null;
    }
}
