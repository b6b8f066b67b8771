using System.Diagnostics;
using System.Globalization;
using ContosoSuites.Local;
using Spectre.Console;

namespace ContosoSuites.Bench;

/// <summary>
/// Durable saves a second through POST api/MaintenanceRequests, against what the disk can do: writing a page to a file and
/// waiting until it is on the disk, one after another. Many callers share one wait, so they may well beat it.
/// </summary>
internal static class SavesBenchmark
{
    private const int Page = 4096;
    private static readonly int[] Concurrencies = [1, 16];

    public static async Task<IReadOnlyList<Aim>> RunAsync(TimeSpan duration)
    {
        // Below the current folder, which is on a disk; the folder for temporary files may be in memory.
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine("artifacts", $"bench-{Guid.NewGuid():N}"));
        try
        {
            return await RunAsync(folder.FullName, duration);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Aim>> RunAsync(string folder, TimeSpan duration)
    {
        LocalSystemOptions options = BenchSystem.Options();
        await using LocalSystem system = await LocalSystem.StartAsync(options with
        {
            AppSettings = new Dictionary<string, string?>(options.AppSettings)
            {
                ["Storage:SqlitePath"] = Path.Combine(folder, "contoso.db"),

                // The saving is measured, not the model.
                ["Maintenance:InlineEmbeddingSeconds"] = "0",
            },
        });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        var address = new Uri(system.App!.Endpoint, "api/MaintenanceRequests");

        var results = new List<Aim>();
        foreach (int concurrency in Concurrencies)
        {
            double syncs = SyncsPerSecond(Path.Combine(folder, "page"), duration / 3);
            Load load = await LoadGenerator.RunAsync(
                async token =>
                {
                    using HttpResponseMessage response = await client.PostAsJsonAsync(
                        address, new { hotel_id = 1, source = "staff", details = "The tap in the bathroom drips.", room_number = "303" }, token);
                    response.EnsureSuccessStatusCode();
                },
                concurrency,
                duration / 3,
                duration);
            AnsiConsole.WriteLine(Text($"saves at {concurrency,2}: {load.PerSecond:0}/s  p50 {load.P50:0.00} ms  p99 {load.P99:0.00} ms; disk {syncs:0} syncs/s"));
            results.Add(new Aim(
                Text($"durable saves at {concurrency}"),
                Text($"{load.PerSecond:0}/s, p50 {load.P50:0.00} ms, p99 {load.P99:0.00} ms"),
                Text($"disk {syncs:0} syncs/s"),
                Text($"{load.PerSecond / syncs:0.00}x")));
        }

        return results;
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

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
