using System.Diagnostics;

namespace ContosoSuites.Bench;

/// <summary>Closed loops of callers: each sends its next request when the last is answered.</summary>
/// <remarks>
/// What is to be compared takes turns in short rounds, as what else happens on a machine then falls on all of them alike.
/// </remarks>
internal static class LoadGenerator
{
    private const int Rounds = 4;

    /// <summary>Warms up, measures, and fails on the first call that fails.</summary>
    public static async Task<Load> RunAsync(Func<CancellationToken, Task> call, int concurrency, TimeSpan warmUp, TimeSpan duration)
    {
        await RunForAsync(call, concurrency, warmUp);
        var tally = new LoadTally();
        await tally.AddAsync(() => RunForAsync(call, concurrency, duration));
        return tally.Total(concurrency);
    }

    /// <summary>Measures several kinds of call in turns, each for <paramref name="duration"/> altogether.</summary>
    public static Task<IReadOnlyDictionary<string, Load>> InTurnsAsync(
        IReadOnlyList<(string Name, Func<CancellationToken, Task> Call)> kinds, int concurrency, TimeSpan duration) =>
        InTurnsAsync(
            [.. kinds.Select(kind => (kind.Name, (Func<TimeSpan, Task<IEnumerable<double>>>)(time => RunForAsync(kind.Call, concurrency, time))))],
            concurrency,
            duration);

    /// <summary>As above, for kinds of call that make their own callers.</summary>
    public static async Task<IReadOnlyDictionary<string, Load>> InTurnsAsync(
        IReadOnlyList<(string Name, Func<TimeSpan, Task<IEnumerable<double>>> Round)> kinds, int concurrency, TimeSpan duration)
    {
        foreach ((_, Func<TimeSpan, Task<IEnumerable<double>>> round) in kinds)
        {
            await round(duration / 3);
        }

        Dictionary<string, LoadTally> tallies = kinds.ToDictionary(kind => kind.Name, _ => new LoadTally());
        for (int i = 0; i < Rounds; i++)
        {
            foreach ((string name, Func<TimeSpan, Task<IEnumerable<double>>> round) in kinds)
            {
                await tallies[name].AddAsync(() => round(duration / Rounds));
            }
        }

        return tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Total(concurrency));
    }

    private static async Task<IEnumerable<double>> RunForAsync(Func<CancellationToken, Task> call, int concurrency, TimeSpan duration)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>(16_384);
            for (long start = Stopwatch.GetTimestamp(); start < end; start = Stopwatch.GetTimestamp())
            {
                await call(CancellationToken.None);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return mine;
        })));
        return latencies.SelectMany(l => l);
    }
}
