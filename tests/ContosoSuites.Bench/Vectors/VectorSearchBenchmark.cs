using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Storage.Vectors;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench.Vectors;

/// <summary>
/// Exact search over more and more vectors of 1,536 numbers, against the least that it can cost: reading that memory once, as a
/// plain sum with as many threads. And against sqlite-vec. Searches take turns with what they are held against.
/// </summary>
internal static class VectorSearchBenchmark
{
    private const int Dimension = 1536;
    private const int TopResults = 10;
    private const int ConcurrentSearches = 8;
    private const int Judged = 100_000;
    private const double MostOfBandwidth = 1.3;
    private const double LeastOfPeer = 2;

    private static readonly int[] Sizes = [1_000, 10_000, Judged, 1_000_000];
    private static readonly int[] PeerSizes = [10_000, Judged];
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        var vectors = new RandomVectors(Dimension, seed: 17);
        float[][] queries = [.. Enumerable.Range(0, 16).Select(_ => vectors.Next())];
        using var sqliteVec = await SqliteVecPeer.TryStartAsync(Dimension);
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        var index = new VectorIndex(Dimension);

        var results = new List<Aim>();
        var times = new Dictionary<int, double>();
        foreach (int size in Sizes)
        {
            if (LacksMemory(size - index.Count))
            {
                results.Add(new Aim(Invariant($"vector search, {size:N0} x {Dimension:N0}"), "not measured: memory"));
                continue;
            }

            vectors.Fill(index, size);
            (double search, double sum) = MeasureAgainstSum(index, queries);
            times.Add(size, search);
            results.Add(AgainstBandwidth(size, search, sum));
            if (PeerSizes.Contains(size))
            {
                results.Add(AgainstPeer(sqliteVec, index, queries));
            }

            if (size == Judged)
            {
                results.Add(Memory(index, empty));
                results.Add(await AtOnceAsync(index, queries));
            }
        }

        GC.KeepAlive(index);
        return [.. results, .. Growth(times)];
    }

    private static bool LacksMemory(long vectors)
    {
        GC.Collect();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();

        // With room for the rest of the machine.
        return vectors * Dimension * sizeof(float) * 1.3 > memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }

    private static (double Search, double Sum) MeasureAgainstSum(VectorIndex index, float[][] queries) => InTurns.Measure(
        turn => index.Search(queries[turn % queries.Length], TopResults, -1),
        _ => PlainSum.Of(index.Snapshot, Dimension),
        Duration);

    private static Aim AgainstBandwidth(int size, double search, double sum)
    {
        (string figure, string value, string peer) = (
            Invariant($"vector search, {size:N0} x {Dimension:N0}, top {TopResults}"), Invariant($"p50 {search:0.000} ms"), Invariant($"plain sum p50 {sum:0.000} ms"));
        AnsiConsole.WriteLine($"{figure}: {value}, {peer}");
        return size == Judged ? Aim.AtMost(figure, value, peer, search / sum, MostOfBandwidth) : new Aim(figure, value, peer, Aim.Times(search / sum));
    }

    private static Aim AgainstPeer(SqliteVecPeer sqliteVec, VectorIndex index, float[][] queries)
    {
        string figure = Invariant($"vector search, {index.Count:N0}, against sqlite-vec");
        if (sqliteVec.Missing is { } reason)
        {
            return new Aim(figure, $"not measured: {reason}");
        }

        sqliteVec.Fill(index.Snapshot);
        foreach (float[] query in queries)
        {
            if (!sqliteVec.Search(query, TopResults).SetEquals(index.Search(query, TopResults, -1).Select(match => match.Id)))
            {
                throw new InvalidOperationException("sqlite-vec finds other vectors: one of the two is wrong.");
            }
        }

        (double search, double peer) = InTurns.Measure(
            turn => index.Search(queries[turn % queries.Length], TopResults, -1),
            turn => sqliteVec.Search(queries[turn % queries.Length], TopResults),
            Duration);
        AnsiConsole.WriteLine(Invariant($"{figure}: p50 {search:0.00} ms, {peer:0.00} ms"));
        return Aim.AtLeast(figure, Invariant($"p50 {search:0.00} ms"), Invariant($"sqlite-vec p50 {peer:0.00} ms"), peer / search, LeastOfPeer);
    }

    private static Aim Memory(VectorIndex index, long empty)
    {
        double raw = (double)index.Count * Dimension * sizeof(float);
        double taken = GC.GetTotalMemory(forceFullCollection: true) - empty;
        return Aim.AtMost("vector search memory", Invariant($"{taken / 1e6:0} MB"), "the raw vectors", taken / raw, 1.15);
    }

    private static async Task<Aim> AtOnceAsync(VectorIndex index, float[][] queries)
    {
        int next = 0;
        Load load = await LoadGenerator.RunAsync(
            () =>
            {
                index.Search(queries[Interlocked.Increment(ref next) % queries.Length], TopResults, -1);
                return Task.CompletedTask;
            },
            ConcurrentSearches,
            TimeSpan.FromSeconds(1),
            Duration);
        return new Aim(Invariant($"vector search, {index.Count:N0}, at {ConcurrentSearches}"), load.ToString());
    }

    private static IEnumerable<Aim> Growth(Dictionary<int, double> times) => times.Keys.Order().Zip(times.Keys.Order().Skip(1), (fewer, more) => new Aim(
        Invariant($"vector search, from {fewer:N0} to {more:N0}"),
        Aim.Times(times[more] / times[fewer]),
        Invariant($"vectors {(double)more / fewer:0}x"),
        Aim.Times(times[more] / times[fewer] / ((double)more / fewer))));
}
