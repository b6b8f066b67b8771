using System.Diagnostics;

namespace ContosoSuites.Bench;

/// <summary>Requests per second and latency of one kind of call at one concurrency.</summary>
/// <param name="Concurrency">Callers that each have one request under way at all times.</param>
/// <param name="PerSecond">Completed calls per second.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P99">99th percentile of latency in milliseconds.</param>
internal sealed record Load(int Concurrency, double PerSecond, double P50, double P99);

/// <summary>A closed loop of callers: each sends its next request when the last is answered.</summary>
internal static class LoadGenerator
{
    /// <summary>Warms up, measures, and fails on the first call that fails.</summary>
    public static async Task<Load> RunAsync(Func<CancellationToken, Task> call, int concurrency, TimeSpan warmUp, TimeSpan duration)
    {
        await RunForAsync(call, concurrency, warmUp);
        var watch = Stopwatch.StartNew();
        double[] latencies = await RunForAsync(call, concurrency, duration);
        double seconds = watch.Elapsed.TotalSeconds;
        Array.Sort(latencies);
        return new Load(concurrency, latencies.Length / seconds, Percentile(latencies, 0.50), Percentile(latencies, 0.99));
    }

    private static async Task<double[]> RunForAsync(Func<CancellationToken, Task> call, int concurrency, TimeSpan duration)
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
        return [.. latencies.SelectMany(l => l)];
    }

    private static double Percentile(double[] sorted, double fraction) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * fraction))];
}
