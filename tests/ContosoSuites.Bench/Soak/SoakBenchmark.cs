using System.Diagnostics;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Machine;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench.Soak;

/// <summary>The whole system, its logs and its collector too, for ten minutes at half of what it can do, while its instances fail in turns.</summary>
internal static class SoakBenchmark
{
    private const int Callers = 16;
    private const double MostGrowth = 1.05;

    private static readonly TimeSpan PeakDuration = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Aim>> RunAsync(TimeSpan duration)
    {
        using var folder = new BenchFolder();

        // It collects as deployed, but reads only what is new: in minutes there are as many rows as deployed in days.
        LocalSystemOptions options = await BenchSystem.OptionsAsync(
            folder, ("BackendDistributionSchedule", "*/30 * * * * *"), ("BackendDistribution:LatenessMinutes", "1"));
        await using LocalSystem system = await LocalSystem.StartAsync(options with { LogFile = folder.File("gateway-logs.db") });
        double peak = await PeakAsync(system.App!.Endpoint);
        AnsiConsole.WriteLine(Invariant($"soak: {peak:0} calls/s at most, so {peak / 2:0}/s for {duration.TotalMinutes:0.#} minutes"));

        var plan = new SoakPlan(
            duration, peak / 2, FaultEvery: TimeSpan.FromSeconds(20), FaultFor: TimeSpan.FromSeconds(6), SampleEvery: TimeSpan.FromSeconds(5));
        using var worker = Process.GetProcessById(system.App.Worker.ProcessId!.Value);
        SoakResult result = await SoakRun.RunAsync(system, plan, () =>
        {
            var sample = SoakSample.Of(worker);
            AnsiConsole.WriteLine(Invariant($"worker's RSS {sample.ResidentBytes / 1e6:0} MB, {sample.Handles} handles"));
            return sample;
        });
        return
        [
            new Aim(
                "soak, calls that failed", result.FirstFailure is null ? "0" : $"{result.Failed}, the first: {result.FirstFailure}",
                Invariant($"of {result.Calls:N0} calls, {result.Faults} faults, half of {peak:0}/s"), "", "0", result.Failed == 0),
            Flat("soak, the worker's memory (RSS)", result.Thirds(sample => sample.ResidentBytes / 1e6), "MB"),
            Flat("soak, the worker's handles", result.Thirds(sample => sample.Handles), "open"),
        ];
    }

    private static async Task<double> PeakAsync(Uri app)
    {
        using var traffic = new Traffic(app);
        int number = 0;
        Load load = await LoadGenerator.RunAsync(
            async () =>
            {
                TrafficCall call = await TrafficCommand.MakeAsync(traffic, Interlocked.Increment(ref number), CancellationToken.None);
                if (call.Problem is not null)
                {
                    throw new InvalidOperationException(call.ToString());
                }
            },
            Callers,
            PeakDuration,
            PeakDuration);
        return load.PerSecond;
    }

    private static Aim Flat(string figure, (double Second, double Last) thirds, string unit) => Aim.AtMost(
        figure, Invariant($"last third {thirds.Last:0.0} {unit}"), Invariant($"second third {thirds.Second:0.0} {unit}"), thirds.Last / thirds.Second, MostGrowth);
}
