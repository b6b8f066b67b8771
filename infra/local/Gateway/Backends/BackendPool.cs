namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>A load-balanced pool: round robin by weight within the lowest priority group that has a closed breaker.</summary>
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

    public Backend? Next(IReadOnlyList<Backend> tried) => FirstOfGroups(tried) ?? (tried.Count == 0 ? null : FirstOfGroups([]));

    private Backend? FirstOfGroups(IReadOnlyList<Backend> except) => _groups.Select(group => group.Next(except)).FirstOrDefault(backend => backend is not null);

    /// <summary>Takes turns among the backends of one priority group, by weight.</summary>
    /// <remarks>
    /// Smooth weighted round robin: at each turn every backend that may be asked gains its weight, the one that then has most
    /// goes, and pays the sum of the weights. Shares are exact over a full round and the heavy one's turns are spread out. A
    /// backend that may not be asked stands still, so it causes no burst when it returns.
    /// </remarks>
    private sealed class RoundRobin(IEnumerable<Backend> backends)
    {
        private readonly (Backend Backend, int Credit)[] _members = [.. backends.Select(backend => (backend, 0))];
        private readonly Lock _gate = new();

        /// <summary>The next backend with a closed breaker; of those not in <paramref name="except"/>. Null when there is none.</summary>
        public Backend? Next(IReadOnlyList<Backend> except)
        {
            lock (_gate)
            {
                var best = -1;
                var total = 0;
                for (var i = 0; i < _members.Length; i++)
                {
                    ref var member = ref _members[i];
                    if (except.Contains(member.Backend) || member.Backend.Breaker.IsOpen)
                    {
                        continue;
                    }

                    total += member.Backend.Weight;
                    member.Credit += member.Backend.Weight;
                    if (best < 0 || member.Credit > _members[best].Credit)
                    {
                        best = i;
                    }
                }

                if (best < 0)
                {
                    return null;
                }

                _members[best].Credit -= total;
                return _members[best].Backend;
            }
        }
    }
}

/// <summary>
/// How a pool without an available backend shows to the policy. API Management does not document it, so a policy should come
/// to the same answer whichever it is; the tests try all.
/// </summary>
internal enum EmptyPool
{
    /// <summary>The call fails: on-error runs, and the answer is 503.</summary>
    IsError,

    /// <summary>The call brings a 503 that the gateway has made.</summary>
    IsResponse,

    /// <summary>The call brings a 503 that looks like any other, but for its reason phrase.</summary>
    IsResponseWithReason,
}
