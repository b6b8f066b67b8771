using System.Diagnostics;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Machine;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>From the start of the app's process in the built-in host to its first answer, and what memory it then has.</summary>
internal static class StartBenchmark
{
    private const int Starts = 5;
    private const double LimitSeconds = 1.5;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using LocalSystem gateway = await LocalSystem.StartAsync(BenchSystem.Options(folder) with { StartApp = false });

        // The first one creates the database, and finds the files on the disk.
        await MeasureAsync(folder, gateway, HealthAsync);
        List<double> health = await RepeatAsync(HealthAsync);
        List<double> chat = await RepeatAsync(ChatAsync);
        (double host, double worker) = await MemoryAtRestAsync(folder, gateway);
        AnsiConsole.WriteLine(Invariant(
            $"start to health {Percentiles.Of(health, 0.5):0.00} s, to a chat {Percentiles.Of(chat, 0.5):0.00} s; host {host / 1e6:0} MB, worker {worker / 1e6:0} MB at rest"));
        return
        [
            Judge("process start to the first health", health),
            Judge("process start to the first chat", chat),
            new Aim("memory of the host at rest, after a chat", Invariant($"{host / 1e6:0} MB")),
            new Aim("memory of the worker at rest, after a chat", Invariant($"{worker / 1e6:0} MB")),
        ];

        async Task<List<double>> RepeatAsync(Func<HttpClient, Uri, Task<HttpResponseMessage>> call)
        {
            var times = new List<double>();
            for (int i = 0; i < Starts; i++)
            {
                times.Add(await MeasureAsync(folder, gateway, call));
            }

            return times;
        }
    }

    private static Aim Judge(string figure, List<double> seconds)
    {
        double median = Percentiles.Of(seconds, 0.5);
        return Aim.AtMost(
            figure, Invariant($"{median:0.00} s ({seconds.Min():0.00} to {seconds.Max():0.00})"), Invariant($"limit {LimitSeconds:0.0} s"), median / LimitSeconds, 1);
    }

    private static async Task<double> MeasureAsync(BenchFolder folder, LocalSystem gateway, Func<HttpClient, Uri, Task<HttpResponseMessage>> call)
    {
        long start = Stopwatch.GetTimestamp();
        await using LocalPart app = Launch(folder, gateway);
        await FirstAnswerAsync(app, call);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<(long Host, long Worker)> MemoryAtRestAsync(BenchFolder folder, LocalSystem gateway)
    {
        await using LocalPart app = Launch(folder, gateway);
        await FirstAnswerAsync(app, ChatAsync);
        await Task.Delay(Rest);
        using Process worker = app.Process.Children().Single();
        return (app.Process.Memory(), worker.WorkingSet64);
    }

    private static LocalPart Launch(BenchFolder folder, LocalSystem gateway) => LocalPart.Launch(
        folder, "host", "--app-port", "--gateway", gateway.Gateway.Endpoint.AbsoluteUri, "--setting", $"Storage:SqlitePath={folder.File("start.db")}");

    private static Task<HttpResponseMessage> HealthAsync(HttpClient client, Uri app) => client.GetAsync(new Uri(app, "api/health"));

    private static Task<HttpResponseMessage> ChatAsync(HttpClient client, Uri app) => client.PostAsJsonAsync(new Uri(app, "api/Chat"), new { message = "Hello" });

    private static async Task FirstAnswerAsync(LocalPart app, Func<HttpClient, Uri, Task<HttpResponseMessage>> call)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        long start = Stopwatch.GetTimestamp();
        while (app.Process.IsRunning && Stopwatch.GetElapsedTime(start) < Timeout)
        {
            try
            {
                using HttpResponseMessage response = await call(client, app.Endpoint);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError)
            {
                await Task.Delay(Poll);
            }
        }

        throw new InvalidOperationException($"The app does not start: {await app.Process.LastLineAsync()}");
    }
}
