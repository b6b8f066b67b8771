using ContosoSuites.Bench.Loads;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Bench.Soak;

/// <summary>Calls of every kind at a constant rate to a system whose instances fail and heal, and what a process holds meanwhile.</summary>
internal static class SoakRun
{
    /// <summary>Runs it.</summary>
    /// <param name="system">The system, started.</param>
    /// <param name="plan">How.</param>
    /// <param name="look">Takes a sample.</param>
    public static async Task<SoakResult> RunAsync(LocalSystem system, SoakPlan plan, Func<SoakSample> look)
    {
        using var traffic = new Traffic(system.App!.Endpoint);
        var faults = new SoakFaults(system.Instances);
        int failed = 0;
        string? firstFailure = null;

        using var end = new CancellationTokenSource(plan.Duration);
        Task<int> load = ConstantLoad.RunAsync(CallAsync, plan.PerSecond, end.Token);
        Task failing = faults.RunAsync(plan, end.Token);
        List<SoakSample> samples = await WatchAsync(plan, look, end.Token);
        await failing;
        return new SoakResult(await load, failed, firstFailure, faults.Count, samples);

        async Task CallAsync(int number)
        {
            TrafficCall call = await TrafficCommand.MakeAsync(traffic, number, CancellationToken.None);
            if (call.Problem is not null)
            {
                Interlocked.Increment(ref failed);
                Interlocked.CompareExchange(ref firstFailure, call.ToString(), null);
            }
        }
    }

    private static async Task<List<SoakSample>> WatchAsync(SoakPlan plan, Func<SoakSample> look, CancellationToken end)
    {
        var samples = new List<SoakSample>();
        using var timer = new PeriodicTimer(plan.SampleEvery);
        while (!end.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            samples.Add(look());
        }

        return samples;
    }
}
