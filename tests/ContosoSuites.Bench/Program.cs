using ContosoSuites.Bench;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Reporting;
using Spectre.Console;

if (args is [BareEndpoint.Command, string address, string gateway])
{
    await BareEndpoint.RunAsync(address, gateway);
    return 0;
}

// ./dev bench runs them all; ./dev bench NAME runs one.
Dictionary<string, Func<Task<IReadOnlyList<Aim>>>> chosen = args.Length == 0
    ? Benchmarks.All.ToDictionary()
    : Benchmarks.All.Concat(Benchmarks.Alone).Where(benchmark => args.Contains(benchmark.Key)).ToDictionary();
if (chosen.Count == 0 || (args.Length > 0 && chosen.Count != args.Length))
{
    Console.Error.WriteLine($"Usage: ./dev bench [NAME...], where NAME is one of: {string.Join(", ", Benchmarks.All.Keys)}; or {string.Join(", ", Benchmarks.Alone.Keys)}, which take longer.");
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
    Machine before = Machine.AtStart();
    try
    {
        IReadOnlyList<Aim> measured = await runAsync();
        results.AddRange(measured);
        FigureBlocks.Write("tests/ContosoSuites.Bench/README.md", name, before.AtEnd(), measured);
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
