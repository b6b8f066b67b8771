using System.Diagnostics;
using System.Runtime;

namespace ContosoSuites.Bench.Loads;

/// <summary>Closed loops of callers: each sends its next request when the last is answered. The first call that fails ends it all.</summary>
/// <remarks>
/// What is to be compared takes turns in short rounds, forwards and backwards: what else happens on a machine then falls on all
/// of them alike, and none has always the same one before it.
/// </remarks>
internal static class LoadGenerator
{
    private const int MostWarmUps = 6;
    private const int FewMethods = 30;

    /// <summary>Warms up, and measures one kind of call.</summary>
    public static async Task<Load> RunAsync(Func<Task> call, int concurrency, TimeSpan warmUp, TimeSpan duration)
    {
        await RunForAsync(call, concurrency, warmUp);
        var tally = new LoadTally();
        await tally.AddAsync(() => RunForAsync(call, concurrency, duration));
        return tally.Total(concurrency);
    }

    /// <summary>
    /// Makes the calls until this process has compiled what it is going to compile, in all tiers. Otherwise whatever comes first
    /// pays for the others.
    /// </summary>
    public static async Task SettleAsync(IReadOnlyList<CallKind> kinds, int concurrency, TimeSpan round)
    {
        long compiled = 0;
        for (int i = 0; i < MostWarmUps && JitInfo.GetCompiledMethodCount() - compiled > FewMethods; i++)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            foreach (CallKind kind in kinds)
            {
                await kind.RunAsync(concurrency, round);
            }
        }
    }

    /// <summary>Measures several kinds of call in turns.</summary>
    public static async Task<IReadOnlyDictionary<string, Load>> InTurnsAsync(IReadOnlyList<CallKind> kinds, int concurrency, Turns turns)
    {
        foreach (CallKind kind in kinds)
        {
            await kind.RunAsync(concurrency, turns.WarmUp);
        }

        Dictionary<string, LoadTally> tallies = kinds.ToDictionary(kind => kind.Name, _ => new LoadTally());
        for (int i = 0; i < turns.Rounds; i++)
        {
            foreach (CallKind kind in i % 2 == 0 ? kinds : kinds.Reverse())
            {
                await tallies[kind.Name].AddAsync(() => kind.RunAsync(concurrency, turns.Round));
            }
        }

        return tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Total(concurrency));
    }

    /// <summary>Makes calls for <paramref name="duration"/>; the milliseconds that each took.</summary>
    public static async Task<IEnumerable<double>> RunForAsync(Func<Task> call, int concurrency, TimeSpan duration)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>(16_384);
            for (long start = Stopwatch.GetTimestamp(); start < end; start = Stopwatch.GetTimestamp())
            {
                await call();
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return mine;
        })));
        return latencies.SelectMany(l => l);
    }
}
