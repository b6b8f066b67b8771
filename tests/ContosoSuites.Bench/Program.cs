using ContosoSuites.Bench;

// ./dev bench runs them all; ./dev bench NAME runs one.
var benchmarks = new Dictionary<string, Func<Task<IReadOnlyList<Aim>>>>
{
    ["throughput"] = () => ThroughputBenchmark.RunAsync(TimeSpan.FromSeconds(3)),
    ["gateway"] = () => GatewayBenchmark.RunAsync(TimeSpan.FromSeconds(4)),
    ["vectorsearch"] = () => VectorSearchBenchmark.RunAsync(TimeSpan.FromSeconds(5)),
    ["collect"] = () => CollectBenchmark.RunAsync([10_000, 100_000, 1_000_000]),
    ["chart"] = () => Task.FromResult(ChartBenchmark.Run()),
    ["saves"] = () => SavesBenchmark.RunAsync(TimeSpan.FromSeconds(3)),
};

if (args.Length > 1 || (args.Length == 1 && !benchmarks.ContainsKey(args[0])))
{
    Console.Error.WriteLine($"Usage: ./dev bench [NAME], where NAME is one of: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

var results = new List<Aim>();
foreach (string name in args.Length == 1 ? args : [.. benchmarks.Keys])
{
    results.AddRange(await benchmarks[name]());
}

Report.Write(results, "artifacts");
return 0;
