using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;

namespace ContosoSuites.Bench.Soak;

/// <summary>
/// Makes one instance after the other fail, each time in another way that the gateway cures. There is always one that is well,
/// so no caller may notice.
/// </summary>
internal sealed class SoakFaults(IReadOnlyList<ModelInstance> instances)
{
    // Streams last milliseconds here, so none is under way any more when the connections are dropped.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private static readonly ModelFault[] Faults =
    [
        new RefuseFault(),
        new StatusFault(503),
        new ThrottleFault(TimeSpan.FromSeconds(2)),
        new ResetFault(),
        new StatusFault(500),
        new DelayHeadersFault(TimeSpan.FromSeconds(0.5)),
    ];

    /// <summary>How often an instance was made to fail.</summary>
    public int Count { get; private set; }

    /// <summary>Goes on until the soak is over.</summary>
    public async Task RunAsync(SoakPlan plan, CancellationToken end)
    {
        using var timer = new PeriodicTimer(plan.FaultEvery);
        while (await NextAsync(timer, end))
        {
            ModelInstance victim = instances[Count % instances.Count];
            ModelFault fault = Faults[Count % Faults.Length];
            Count++;
            if (fault is UnreachableFault)
            {
                // An answer that is on its way would break off, and that no gateway can cure: let no more begin, and those end.
                await victim.SetFaultAsync(new ResetFault(), CancellationToken.None);
                await Task.Delay(Drain, CancellationToken.None);
            }

            await victim.SetFaultAsync(fault, CancellationToken.None);
            await Task.Delay(plan.FaultFor, CancellationToken.None);
            await victim.SetFaultAsync(null, CancellationToken.None);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
