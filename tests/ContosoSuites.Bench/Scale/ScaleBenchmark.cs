using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Bench.Reporting;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench.Scale;

/// <summary>
/// How many chats an instance of the app holds while each waits two seconds for its model, and what becomes of those that are
/// too many. App, gateway and models are processes of their own; each number of chats has a new worker.
/// </summary>
internal static class ScaleBenchmark
{
    private const int Rounds = 4;
    private const int Rushing = 20_000;
    private const string TextForm = "text/plain";
    private const string StreamForm = "text/event-stream";

    private static readonly int[] Open = [100, 1000, 3000, 5000];
    private static readonly TimeSpan ModelTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        string published = await PublishedApp.FileAsync();
        await using SystemProcesses system = await SystemProcesses.StartAsync(folder);
        var results = new List<Aim>();
        foreach (int open in Open)
        {
            results.AddRange(await MeasureAsync(system, published, open, "text", TextForm, []));
            results.AddRange(await MeasureAsync(system, published, open, "stream", StreamForm, "event: done"u8.ToArray()));
        }

        return [.. results, .. await RushAsync(system, published)];
    }

    private static async Task<IReadOnlyList<Aim>> MeasureAsync(SystemProcesses system, string published, int open, string form, string accept, byte[] ending)
    {
        await using AppProcesses app = await system.StartAppAsync(published, ("Http:MaxConcurrentRequests", "100000"));
        await WarmUpAsync(system, app, accept);
        (long memory, TimeSpan processorTime) = (app.Memory, app.ProcessorTime);
        OpenChatsResult chats = await OpenChats.RunAsync(app.Chat(accept), open, Rounds, ending, system.Gateway);
        processorTime = app.ProcessorTime - processorTime;
        long peak = app.PeakMemory;

        (double p50, double p99) = Percentiles.P50AndP99(chats.Latencies);
        string name = Invariant($"{open:N0} open chats, {form}");
        string load = Invariant($"{chats.Latencies.Count / chats.Seconds:0}/s, p50 {p50 / 1000:0.00} s, p99 {p99 / 1000:0.00} s");
        string worker = Invariant($"{peak / 1e6:0} MB, {(peak - memory) / 1e3 / open:0} kB a chat, {processorTime.TotalMilliseconds / chats.Latencies.Count:0.00} ms of a processor an answer");
        AnsiConsole.WriteLine($"{name}: {load}; {worker}; {chats.GatewayConnections} connections");
        string failed = chats.Failures.Count == 0 ? "0" : $"{chats.Failures.Count}, the first: {chats.Failures.First().ReplaceLineEndings(" ")}";
        return
        [
            new Aim(name, load, Invariant($"the model takes {ModelTime.TotalSeconds:0} s"), Aim.Times(p50 / ModelTime.TotalMilliseconds)),
            new Aim($"{name}, refused with Retry-After", Invariant($"{chats.Refused:N0}"), Invariant($"of {open * Rounds:N0}")),
            new Aim($"{name}, neither answered nor refused", failed, "", "", "0", chats.Failures.Count == 0),
            new Aim($"{name}, the worker", worker, Invariant($"{chats.GatewayConnections:N0} connections to the gateway")),
        ];
    }

    private static async Task<IReadOnlyList<Aim>> RushAsync(SystemProcesses system, string published)
    {
        await using AppProcesses app = await system.StartAppAsync(published);
        await WarmUpAsync(system, app, TextForm);
        RushResult rush = await Rush.RunAsync(app.Chat(TextForm), Rushing, new Uri(app.Endpoint, "api/health"));
        bool lives = app.Lives && await OpenChats.RunAsync(app.Chat(TextForm), 1, 1, [], system.Gateway) is { Refused: 0, Failures.Count: 0 };

        string statuses = string.Join(", ", rush.Statuses.OrderBy(status => status.Key).Select(status => Invariant($"{status.Value:N0} of {status.Key}")));
        int unexpected = Rushing - rush.Count(200) - rush.Count(429) - rush.Count(503);
        (double p50, double p99) = Percentiles.P50AndP99(rush.Refusals);
        AnsiConsole.WriteLine(Invariant($"{Rushing:N0} chats, {rush.Connections:N0} at a time: {statuses}; refusals p50 {p50:0} ms, p99 {p99:0} ms; worker {app.PeakMemory / 1e6:0} MB"));
        string name = Invariant($"{Rushing:N0} chats at once");
        return
        [
            new Aim($"{name}, answers", statuses, Invariant($"on {rush.Connections:N0} connections")),
            new Aim($"{name}, neither answered nor refused", Invariant($"{unexpected}"), "", "", "0", unexpected == 0),
            new Aim($"{name}, refusals without Retry-After", Invariant($"{rush.WithoutRetryAfter}"), Invariant($"of {rush.Refusals.Count:N0}"), "", "0", rush.WithoutRetryAfter == 0),
            new Aim($"{name}, time to a refusal", Invariant($"p50 {p50:0} ms, p99 {p99:0} ms")),
            new Aim(
                $"{name}, health meanwhile", Invariant($"{rush.Health.Count(answer => answer.Status == 200)} of {rush.Health.Count} calls are 200"),
                Invariant($"p50 {Percentiles.Of(rush.Health.Select(answer => answer.Milliseconds), 0.5):0} ms, at most {rush.Health.Max(answer => answer.Milliseconds):0} ms")),
            new Aim($"{name}, the worker", Invariant($"{app.PeakMemory / 1e6:0} MB at most"), "answers afterwards", "", "the same worker", lives),
        ];
    }

    private static async Task WarmUpAsync(SystemProcesses system, AppProcesses app, string accept)
    {
        await system.SpeedUpAsync();
        await app.Chat(accept).RunAsync(64, WarmUp);
        await system.SlowDownAsync(ModelTime);
    }
}
