using System.Diagnostics;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Machine;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// Durable saves a second through POST api/MaintenanceRequests, against what the disk can do: writing a page to a file and
/// waiting until it is on the disk, one after another. Many callers share one wait, so they may well beat it.
/// </summary>
internal static class SavesBenchmark
{
    private const int Page = 4096;
    private const double Aimed = 0.70;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);
    private static readonly (int Concurrency, bool IsJudged)[] Measured = [(1, false), (16, true)];

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();

        // The saving is measured, not the model.
        await using LocalSystem system = await LocalSystem.StartAsync(await BenchSystem.OptionsAsync(folder, ("Maintenance:InlineEmbeddingSeconds", "0")));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        var address = new Uri(system.App!.Endpoint, "api/MaintenanceRequests");

        var results = new List<Aim>();
        foreach ((int concurrency, bool isJudged) in Measured)
        {
            // Before and after: a disk that others use as well has its moods.
            double before = SyncsPerSecond(folder.File("page"), WarmUp);
            Load load = await LoadGenerator.RunAsync(() => SaveAsync(client, address), concurrency, WarmUp, Duration);
            double syncs = (before + SyncsPerSecond(folder.File("page"), WarmUp)) / 2;
            AnsiConsole.WriteLine(Invariant($"saves at {concurrency,2}: {load}; disk {syncs:0} syncs/s"));
            (string figure, string peer, double ratio) = (Invariant($"durable saves at {concurrency}"), Invariant($"disk {syncs:0} syncs/s"), load.PerSecond / syncs);
            results.Add(isJudged
                ? Aim.AtLeast(figure, load.ToString(), peer, ratio, Aimed)
                : new Aim(figure, load.ToString(), peer, Aim.Times(ratio)));
        }

        return results;
    }

    private static async Task SaveAsync(HttpClient client, Uri address)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(
            address, new { hotel_id = 1, source = "staff", details = "The tap in the bathroom drips.", room_number = "303" });
        response.EnsureSuccessStatusCode();
    }

    private static double SyncsPerSecond(string file, TimeSpan duration)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[Page];
        int syncs = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            stream.Write(page);
            stream.Flush(flushToDisk: true);
            syncs++;
        }

        return syncs / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
