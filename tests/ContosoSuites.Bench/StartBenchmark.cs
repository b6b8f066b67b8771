using System.Diagnostics;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Bench.Reporting;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// From the start of the app's worker to its first answer, in a host that runs already, as Azure's does: compiled ahead, as it is
/// deployed, and not.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 5;
    private const double LimitSeconds = 1.2;
    private const double MostOfPlain = 0.8;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        string plainApp = await PublishedApp.FileWithoutReadyToRunAsync();
        string readyApp = await PublishedApp.FileAsync();
        await using SystemProcesses system = await SystemProcesses.StartAsync(folder);
        await using AppProcesses ready = await system.StartAppAsync(readyApp);
        await using AppProcesses plain = await system.StartAppAsync(plainApp);

        // The first time finds the files on the disk, and the host has then done all of it once.
        var times = new Dictionary<(AppProcesses, bool), List<double>>();
        foreach (AppProcesses app in new[] { ready, plain })
        {
            foreach (bool isChat in new[] { false, true })
            {
                await MeasureAsync(app, isChat);
                times.Add((app, isChat), []);
            }
        }

        for (int i = 0; i < Starts; i++)
        {
            foreach (((AppProcesses app, bool isChat), List<double> taken) in i % 2 == 0 ? times : times.Reverse())
            {
                taken.Add(await MeasureAsync(app, isChat));
            }
        }

        double health = Median(ready, false);
        double plainHealth = Median(plain, false);
        AnsiConsole.WriteLine(Invariant(
            $"worker's start to health {health:0.00} s, to a chat {Median(ready, true):0.00} s; without ReadyToRun {plainHealth:0.00} s and {Median(plain, true):0.00} s"));
        return
        [
            Aim.AtMost("worker's start to the first answer", Text(ready, false), Invariant($"limit {LimitSeconds:0.0} s"), health / LimitSeconds, 1),
            Aim.AtMost("worker's start to the first answer", Text(ready, false), $"without ReadyToRun {Text(plain, false)}", health / plainHealth, MostOfPlain),
            new Aim(
                "worker's start to the first chat", Text(ready, true), $"without ReadyToRun {Text(plain, true)}", Aim.Times(Median(ready, true) / Median(plain, true))),
        ];

        double Median(AppProcesses app, bool isChat) => Percentiles.Of(times[(app, isChat)], 0.5);

        string Text(AppProcesses app, bool isChat) =>
            Invariant($"{Median(app, isChat):0.00} s ({times[(app, isChat)].Min():0.00} to {times[(app, isChat)].Max():0.00})");
    }

    /// <summary>Kills the worker, in whose place the host starts another; the seconds until that one has answered.</summary>
    private static async Task<double> MeasureAsync(AppProcesses app, bool isChat)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        app.KillWorker();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Timeout)
        {
            using HttpResponseMessage response = isChat
                ? await client.PostAsJsonAsync(new Uri(app.Endpoint, "api/Chat"), new { message = "Hello" })
                : await client.GetAsync(new Uri(app.Endpoint, "api/health"));
            if (response.IsSuccessStatusCode)
            {
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                app.FindWorker();
                return seconds;
            }

            // As long as the host has not noticed.
            await Task.Delay(Poll);
        }

        throw new InvalidOperationException($"The worker does not start: {await app.Host.LastLineAsync()}");
    }
}
