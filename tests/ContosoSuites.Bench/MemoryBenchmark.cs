using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Bench.Reporting;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>The memory of the worker as it is deployed: at rest after a first chat, and after a hundred thousand calls.</summary>
internal static class MemoryBenchmark
{
    private const int Calls = 100_000;
    private const double MostAtRest = 130e6;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        string published = await PublishedApp.FileAsync();
        await using SystemProcesses system = await SystemProcesses.StartAsync(folder);
        long textbook;
        await using (AppProcesses peer = await system.StartAppAsync(TextbookApp.File))
        {
            textbook = await AtRestAsync(peer);
        }

        await using AppProcesses app = await system.StartAppAsync(published);
        long rest = await AtRestAsync(app);
        long host = app.Host.Memory();
        int calls = 0;
        while (calls < Calls)
        {
            calls += (await app.Chat().RunAsync(64, Round)).Count();
            calls += (await app.Get("api/Hotels").RunAsync(64, Round)).Count();
        }

        await Task.Delay(Rest);
        AnsiConsole.WriteLine(Invariant($"worker {rest / 1e6:0} MB at rest, {app.Memory / 1e6:0} MB after {calls:N0} calls, {app.PeakMemory / 1e6:0} MB at most"));
        return
        [
            Aim.AtMost("memory of the worker at rest, after a chat", Megabytes(rest), $"limit {Megabytes((long)MostAtRest)}", rest / MostAtRest, 1),
            new Aim("memory of the worker at rest, after a chat", Megabytes(rest), $"textbook {Megabytes(textbook)}", Aim.Times((double)rest / textbook)),
            new Aim("memory of the worker after 100,000 calls", Megabytes(app.Memory), $"at most {Megabytes(app.PeakMemory)}"),
            new Aim("memory of the local host at rest, after a chat", Megabytes(host)),
        ];
    }

    private static async Task<long> AtRestAsync(AppProcesses app)
    {
        using var client = new HttpClient { BaseAddress = app.Endpoint };
        (await client.PostAsJsonAsync("api/Chat", new { message = "Hello" })).EnsureSuccessStatusCode();
        await Task.Delay(Rest);
        return app.Memory;
    }

    private static string Megabytes(long bytes) => Invariant($"{bytes / 1e6:0} MB");
}
