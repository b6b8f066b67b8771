using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Backends;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>Backends without servers behind them.</summary>
internal static class Pools
{
    public static CircuitBreakerRule Rule(int failureCount = 1, bool acceptRetryAfter = true) =>
        new(failureCount, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), acceptRetryAfter, new HashSet<int>([429, .. Enumerable.Range(500, 100)]));

    public static List<Backend> Backends(IEnumerable<(int Priority, int Weight)> shapes, TimeProvider time, CircuitBreakerRule? rule = null) =>
        [.. shapes.Select((shape, index) => new Backend(
            $"b{index}", shape.Priority, shape.Weight, new BackendAddress(new Uri($"http://b{index}/openai")), new CircuitBreaker(rule ?? Rule(), time)))];
}
