using System.Diagnostics;
using System.Text.Json;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Machine;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// The first collection, which looks back over 24 hours, on logs of different sizes: how long it takes, and what memory the
/// app takes for it. The query API is a process of its own; what it takes is told beside, and is Azure's business in Azure.
/// </summary>
internal static class CollectBenchmark
{
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
            double growth = measured.WorkerMemory / smallest.WorkerMemory;
            AnsiConsole.WriteLine(Invariant($"collect {requests:N0} requests: {measured.Time.TotalSeconds:0.0} s, worker at most {measured.WorkerMemory / 1e6:0} MB, query API at most {measured.QueryApiMemory / 1e6:0} MB"));
            results.Add(new Aim(
                Invariant($"collect 24 h, {requests:N0} requests, time"),
                Invariant($"{measured.Time.TotalSeconds:0.0} s, {requests / measured.Time.TotalSeconds:N0} rows/s"),
                Invariant($"query API at most {measured.QueryApiMemory / 1e6:0} MB")));
            results.Add(new Aim(
                Invariant($"collect 24 h, {requests:N0} requests, memory of the worker"), Invariant($"at most {measured.WorkerMemory / 1e6:0} MB"),
                Invariant($"with {sizes[0]:N0} {smallest.WorkerMemory / 1e6:0} MB"), Invariant($"{growth:0.00}x"), Invariant($"< {MostGrowth:0.00}x"), growth < MostGrowth));
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
            await BenchSystem.OptionsAsync(folder), new AppConnections(null, queries.Endpoint), CancellationToken.None);
        long start = Stopwatch.GetTimestamp();
        if (await app.RunTimerAsync("CollectBackendDistribution") is { } failure)
        {
            throw new InvalidOperationException(failure);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        using var client = new HttpClient { BaseAddress = app.Endpoint };
        JsonElement report = await client.GetFromJsonAsync<JsonElement>(
            Invariant($"api/BackendDistribution?from={DateTime.UtcNow.AddDays(-2):s}Z&to={DateTime.UtcNow.AddHours(1):s}Z&bin=PT1H"));
        long collected = report.GetProperty("backends").EnumerateArray().Sum(backend => backend.GetProperty("figures").GetProperty("requests").GetInt64());
        using var worker = Process.GetProcessById(app.Worker.ProcessId!.Value);
        return collected == requests
            ? new Measurement(time, worker.PeakWorkingSet64, queries.Process.PeakMemory())
            : throw new InvalidOperationException(Invariant($"Of {requests} requests {collected} were collected."));
    }

    private sealed record Measurement(TimeSpan Time, double WorkerMemory, double QueryApiMemory);
}
