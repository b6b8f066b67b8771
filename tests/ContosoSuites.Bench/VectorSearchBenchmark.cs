using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ContosoSuites.Functions.Storage.Vectors;
using Spectre.Console;

namespace ContosoSuites.Bench;

/// <summary>
/// Exact search over 100,000 vectors of 1,536 numbers, against the least that it can cost: reading that memory once, as a plain
/// sum with as many threads. Searches and sums take turns, so that whatever else the machine does meets both.
/// </summary>
internal static class VectorSearchBenchmark
{
    private const int Vectors = 100_000;
    private const int Dimension = 1536;
    private const int TopResults = 10;
    private const int ConcurrentSearches = 8;
    private const int Turns = 60;

    public static async Task<IReadOnlyList<Aim>> RunAsync(TimeSpan duration)
    {
        var random = new Random(17);
        (VectorIndex index, double memoryRatio) = Fill(random);
        float[][] queries = [.. Enumerable.Range(0, 16).Select(_ => RandomVector(random))];

        var searches = new List<double>();
        var sums = new List<double>();
        for (int turn = -5; turn < Turns; turn++)
        {
            double search = Time(() => index.Search(queries[(turn + 5) % queries.Length], TopResults, -1));
            double sum = Time(() => Sum(index.Snapshot));
            if (turn >= 0)
            {
                searches.Add(search);
                sums.Add(sum);
            }
        }

        (double searchP50, double sumP50) = (Median(searches), Median(sums));
        AnsiConsole.WriteLine(Text($"search p50 {searchP50:0.00} ms, plain sum p50 {sumP50:0.00} ms"));

        int next = 0;
        Load load = await LoadGenerator.RunAsync(
            _ =>
            {
                index.Search(queries[Interlocked.Increment(ref next) % queries.Length], TopResults, -1);
                return Task.CompletedTask;
            },
            ConcurrentSearches,
            duration / 5,
            duration);
        GC.KeepAlive(index);

        double ratio = searchP50 / sumP50;
        return
        [
            new Aim("vector search, 100,000 x 1,536, top 10", Text($"p50 {searchP50:0.00} ms"), Text($"plain sum p50 {sumP50:0.00} ms"), Text($"{ratio:0.00}x"), "<= 1.50x", ratio <= 1.5),
            new Aim(Text($"vector search at {ConcurrentSearches}"), Text($"{load.PerSecond:0.0}/s, p50 {load.P50:0.0} ms, p99 {load.P99:0.0} ms")),
            new Aim("vector search memory", Text($"{memoryRatio * Vectors * Dimension * sizeof(float) / 1e6:0} MB"), "the raw vectors", Text($"{memoryRatio:0.000}x"), "<= 1.150x", memoryRatio <= 1.15),
        ];
    }

    private static (VectorIndex Index, double MemoryRatio) Fill(Random random)
    {
        const int Batch = 500;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var index = new VectorIndex(Dimension);
        for (int i = 0; i < Vectors; i += Batch)
        {
            index.Apply([.. Enumerable.Range(i, Batch).Select(n => new VectorChange(Id(n), RandomVector(random)))]);
        }

        return (index, (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / ((long)Vectors * Dimension * sizeof(float)));
    }

    private static string Id(int number) => $"019ba40e-ec00-76a0-838c-{number:x12}";

    private static float[] RandomVector(Random random)
    {
        var vector = new float[Dimension];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = random.NextSingle() - 0.5f;
        }

        return vector;
    }

    private static float Sum(VectorSnapshot snapshot)
    {
        int rowsPerChunk = snapshot.Chunks[0].Ids.Length;
        int nextChunk = -1;
        float total = 0;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            float sum = 0;
            for (int i; (i = Interlocked.Increment(ref nextChunk)) < snapshot.Chunks.Length;)
            {
                int rows = Math.Min(rowsPerChunk, snapshot.Count - (i * rowsPerChunk));
                sum += TensorPrimitives.Sum(MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(snapshot.Chunks[i].Row(0)), rows * Dimension));
            }

            InterlockedAdd(ref total, sum);
        });
        return total;
    }

    private static void InterlockedAdd(ref float total, float sum)
    {
        float seen;
        do
        {
            seen = Volatile.Read(ref total);
        }
        while (Interlocked.CompareExchange(ref total, seen + sum, seen) != seen);
    }

    private static double Time<T>(Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        GC.KeepAlive(work());
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
