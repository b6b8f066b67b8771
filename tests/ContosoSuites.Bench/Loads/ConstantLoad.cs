using System.Diagnostics;

namespace ContosoSuites.Bench.Loads;

/// <summary>Begins calls at a constant rate, whether or not earlier ones are answered: who waits does not keep others from coming.</summary>
/// <remarks>
/// Up to a number that no healthy system comes near. Beyond it the calls are late: whoever is held up by something else on the
/// machine would otherwise be measured by what has piled up.
/// </remarks>
internal static class ConstantLoad
{
    private const int MostUnderWay = 128;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    /// <summary>Calls until <paramref name="end"/> is requested, and waits for the calls under way.</summary>
    /// <param name="call">Makes a call; it gets its number. What it throws ends the load.</param>
    /// <param name="perSecond">How many begin in a second.</param>
    /// <param name="end">When to end.</param>
    /// <returns>How many calls were made.</returns>
    public static async Task<int> RunAsync(Func<int, Task> call, double perSecond, CancellationToken end)
    {
        var underWay = new List<Task>();
        int begun = 0;
        long start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        while (!end.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            await Task.WhenAll(underWay.Where(task => task.IsFaulted));
            underWay.RemoveAll(task => task.IsCompleted);
            for (double due = Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond; begun < due && underWay.Count < MostUnderWay; begun++)
            {
                int number = begun;
                underWay.Add(Task.Run(() => call(number), CancellationToken.None));
            }
        }

        await Task.WhenAll(underWay);
        return begun;
    }
}
