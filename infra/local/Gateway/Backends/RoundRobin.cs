namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>
/// Takes turns among the backends of one priority group, by weight.
/// </summary>
/// <remarks>
/// Smooth weighted round robin: at each turn every backend that may be asked gains its weight, the one that then has most
/// goes, and pays the sum of the weights. Shares are exact over a full round and the heavy one's turns are spread out. A
/// backend that may not be asked stands still, so it causes no burst when it returns.
/// </remarks>
internal sealed class RoundRobin
{
    private readonly Backend[] _backends;
    private readonly int[] _credits;
    private readonly Lock _gate = new();

    public RoundRobin(IEnumerable<Backend> backends)
    {
        _backends = [.. backends];
        _credits = new int[_backends.Length];
    }

    /// <summary>The next backend with a closed breaker; of those not in <paramref name="except"/>. Null when there is none.</summary>
    public Backend? Next(TriedBackends except)
    {
        lock (_gate)
        {
            var best = -1;
            var total = 0;
            for (var i = 0; i < _backends.Length; i++)
            {
                var backend = _backends[i];
                if (except.Contains(backend) || backend.Breaker.IsOpen)
                {
                    continue;
                }

                total += backend.Weight;
                _credits[i] += backend.Weight;
                if (best < 0 || _credits[i] > _credits[best])
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return null;
            }

            _credits[best] -= total;
            return _backends[best];
        }
    }
}
