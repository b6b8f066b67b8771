using ContosoSuites.Bench;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Bench.Soak;
using ContosoSuites.Bench.Streaming;
using ContosoSuites.Bench.Vectors;
using Spectre.Console;

// ./dev bench runs them all; ./dev bench NAME runs one.
var benchmarks = new Dictionary<string, Func<Task<IReadOnlyList<Aim>>>>
{
    ["throughput"] = ThroughputBenchmark.RunAsync,
    ["gateway"] = GatewayBenchmark.RunAsync,
    ["streaming"] = StreamingBenchmark.RunAsync,
    ["copilot"] = CopilotBenchmark.RunAsync,
    ["failover"] = FailoverBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["saves"] = SavesBenchmark.RunAsync,
    ["chart"] = ChartBenchmark.RunAsync,
    ["collect"] = () => CollectBenchmark.RunAsync([10_000, 100_000, 1_000_000]),
    ["vectorsearch"] = VectorSearchBenchmark.RunAsync,
};

// Too long for the run of all.
var alone = new Dictionary<string, Func<Task<IReadOnlyList<Aim>>>>
{
    ["soak"] = () => SoakBenchmark.RunAsync(TimeSpan.FromMinutes(10)),
};

Dictionary<string, Func<Task<IReadOnlyList<Aim>>>> chosen = args.Length == 0
    ? benchmarks
    : benchmarks.Concat(alone).Where(benchmark => args.Contains(benchmark.Key)).ToDictionary();
if (chosen.Count == 0 || (args.Length > 0 && chosen.Count != args.Length))
{
    Console.Error.WriteLine($"Usage: ./dev bench [NAME...], where NAME is one of: {string.Join(", ", benchmarks.Keys)}; or soak, which takes ten minutes.");
    return 2;
}

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 200;
}

Machine machine = Machine.AtStart();
var results = new List<Aim>();
bool hasFailed = false;
foreach ((string name, Func<Task<IReadOnlyList<Aim>>> runAsync) in chosen)
{
    try
    {
        results.AddRange(await runAsync());
    }
    catch (Exception e)
    {
        // The others are worth having all the same.
        Console.Error.WriteLine($"{name} failed: {e}");
        results.Add(new Aim(name, $"failed: {e.Message}", Met: false));
        hasFailed = true;
    }
}

Report.Write(machine.AtEnd(), results, "artifacts", args.Length == 0 ? "bench" : $"bench-{string.Join('-', chosen.Keys)}");
return hasFailed ? 1 : 0;
