using System.Diagnostics;
using System.Globalization;
using ContosoSuites.Bench.Gateway;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Local;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Host;
using Spectre.Console;

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
            AnsiConsole.WriteLine(Text($"collect {requests:N0} requests: {measured.Time.TotalSeconds:0.0} s, {measured.Bins} bins, app {measured.Allocated / 1e6:0.0} MB in all, query API at most {measured.QueryApiMemory / 1e6:0} MB"));
            results.Add(new Aim(
                Text($"collect 24 h, {requests:N0} requests, time"), Text($"{measured.Time.TotalSeconds:0.0} s"), Text($"query API at most {measured.QueryApiMemory / 1e6:0} MB")));
            results.Add(new Aim(
                Text($"collect 24 h, {requests:N0} requests, memory of the app"), Text($"below {measured.Allocated / 1e6:0.0} MB"),
                Text($"with {sizes[0]:N0} {smallest.Allocated / 1e6:0.0} MB"), Text($"{growth:0.00}x"), Text($"< {MostGrowth:0.00}x"), growth < MostGrowth));
        }

        return results;
    }

    private static async Task<Measurement> MeasureAsync(int requests)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine("artifacts", $"bench-{Guid.NewGuid():N}"));
        try
        {
            string logs = Path.Combine(folder.FullName, "logs.db");
            DayOfLogs.Write(logs, requests, DateTimeOffset.UtcNow);
            return await MeasureAsync(folder.FullName, logs, requests);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Measurement> MeasureAsync(string folder, string logs, int requests)
    {
        int port = ChildProcess.FreePort();
        await using ChildProcess queries = ChildProcess.Start(
            Path.Combine(folder, "logs.out"), "dotnet",
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll"), "logs", "--log-file", logs,
                "--logs-port", port.ToString(CultureInfo.InvariantCulture),
            ]);
        await queries.ListensAsync(port);
        var options = new LocalSystemOptions
        {
            AppSettings = new Dictionary<string, string?>(LocalSettingsFile.ReadSample())
            {
                ["Storage:SqlitePath"] = Path.Combine(folder, "contoso.db"),
                ["BackendDistributionSchedule"] = "0 0 0 30 2 *",
                ["EmbedPendingRequestsSchedule"] = "0 0 0 30 2 *",
                ["PurgeConversationsSchedule"] = "0 0 0 30 2 *",
            },
        };
        await using FunctionsHost app = await LocalApp.StartAsync(
            options, new AppConnections(null, new Uri(Text($"http://127.0.0.1:{port}"))), CancellationToken.None);
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
            ? new Measurement(time, bins.Count, allocated, queries.PeakMemory())
            : throw new InvalidOperationException(Text($"Of {requests} requests {collected} were collected."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Measurement(TimeSpan Time, int Bins, double Allocated, double QueryApiMemory);
}
