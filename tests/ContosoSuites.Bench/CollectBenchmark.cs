using System.Diagnostics;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Local;
using ContosoSuites.Local.Host;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// The first collection, which looks back over 24 hours, on logs of different sizes: how long it takes, and what memory the
/// app takes for it. The query API is a process of its own; what it takes is told beside, and is Azure's business in Azure.
/// </summary>
internal static class CollectBenchmark
{
    // What the app allocates from the start of a collection to its end is more than it can have held at any moment.
    private const double MostGrowth = 1.5;

    public static async Task<IReadOnlyList<Aim>> RunAsync(int[] sizes)
    {
        // Everything is compiled before anything is measured.
        await MeasureAsync(sizes[0]);

        var results = new List<Aim>();
        Measurement? smallest = null;
        foreach (int requests in sizes)
        {
            Measurement measured = await MeasureAsync(requests);
            smallest ??= measured;
            double growth = measured.Allocated / smallest.Allocated;
            AnsiConsole.WriteLine(Invariant($"collect {requests:N0} requests: {measured.Time.TotalSeconds:0.0} s, {measured.Bins} bins, app {measured.Allocated / 1e6:0.0} MB in all, query API at most {measured.QueryApiMemory / 1e6:0} MB"));
            results.Add(new Aim(
                Invariant($"collect 24 h, {requests:N0} requests, time"),
                Invariant($"{measured.Time.TotalSeconds:0.0} s, {requests / measured.Time.TotalSeconds:N0} rows/s"),
                Invariant($"query API at most {measured.QueryApiMemory / 1e6:0} MB")));
            results.Add(new Aim(
                Invariant($"collect 24 h, {requests:N0} requests, memory of the app"), Invariant($"below {measured.Allocated / 1e6:0.0} MB"),
                Invariant($"with {sizes[0]:N0} {smallest.Allocated / 1e6:0.0} MB"), Invariant($"{growth:0.00}x"), Invariant($"< {MostGrowth:0.00}x"), growth < MostGrowth));
        }

        return results;
    }

    private static async Task<Measurement> MeasureAsync(int requests)
    {
        using var folder = new BenchFolder();
        string logs = folder.File("logs.db");
        DayOfLogs.Write(logs, requests, DateTimeOffset.UtcNow);
        await using LocalPart queries = await LocalPart.StartAsync(folder, "logs", "--logs-port", "--log-file", logs);
        await using FunctionsHost app = await LocalApp.StartAsync(
            BenchSystem.Options(folder), new AppConnections(null, queries.Endpoint), CancellationToken.None);
        var run = app.Services.GetRequiredService<ICollectionRun>();

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await run.RunAsync(CancellationToken.None);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        var store = app.Services.GetRequiredService<IDistributionStore>();
        IReadOnlyList<DistributionBin> bins = await store.ListAsync(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);
        long collected = bins.Sum(bin => bin.Requests);
        return collected == requests
            ? new Measurement(time, bins.Count, allocated, queries.Process.PeakMemory())
            : throw new InvalidOperationException(Invariant($"Of {requests} requests {collected} were collected."));
    }

    private sealed record Measurement(TimeSpan Time, int Bins, double Allocated, double QueryApiMemory);
}
