using ContosoSuites.Bench.Reporting;
using ContosoSuites.Bench.Scale;
using ContosoSuites.Bench.Soak;
using ContosoSuites.Bench.Streaming;
using ContosoSuites.Bench.Vectors;

namespace ContosoSuites.Bench;

/// <summary>What can be measured, by name.</summary>
internal static class Benchmarks
{
    /// <summary>What <c>./dev bench</c> runs, in this order.</summary>
    public static IReadOnlyDictionary<string, Func<Task<IReadOnlyList<Aim>>>> All { get; } = new Dictionary<string, Func<Task<IReadOnlyList<Aim>>>>
    {
        ["throughput"] = ThroughputBenchmark.RunAsync,
        ["gateway"] = GatewayBenchmark.RunAsync,
        ["streaming"] = StreamingBenchmark.RunAsync,
        ["copilot"] = CopilotBenchmark.RunAsync,
        ["failover"] = FailoverBenchmark.RunAsync,
        ["start"] = StartBenchmark.RunAsync,
        ["memory"] = MemoryBenchmark.RunAsync,
        ["saves"] = SavesBenchmark.RunAsync,
        ["chart"] = ChartBenchmark.RunAsync,
        ["collect"] = () => CollectBenchmark.RunAsync([10_000, 100_000, 500_000]),
        ["vectorsearch"] = VectorSearchBenchmark.RunAsync,
    };

    /// <summary>What takes too long for the run of all, four and ten minutes, and is run by its name.</summary>
    public static IReadOnlyDictionary<string, Func<Task<IReadOnlyList<Aim>>>> Alone { get; } = new Dictionary<string, Func<Task<IReadOnlyList<Aim>>>>
    {
        ["scale"] = ScaleBenchmark.RunAsync,
        ["soak"] = () => SoakBenchmark.RunAsync(TimeSpan.FromMinutes(10)),
    };
}
