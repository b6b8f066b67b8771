using System.Collections.Concurrent;
using System.Diagnostics;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>Chats at a constant rate through the function while one of two instances dies, against the seconds before it.</summary>
internal static class FailoverBenchmark
{
    private const double PerSecond = 300;
    private const double MostOfHealthy = 3;
    private const int Deaths = 4;

    private static readonly string[] Faults = ["refuse", "reset"];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using LocalSystem system = await LocalSystem.StartAsync(await BenchSystem.OptionsAsync(folder));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        var address = new Uri(system.App!.Endpoint, "api/Chat");

        Dictionary<string, ConcurrentBag<double>> latencies = Faults.Append("healthy").ToDictionary(name => name, _ => new ConcurrentBag<double>());
        var failures = new ConcurrentBag<string>();
        ConcurrentBag<double>? current = null;

        using var end = new CancellationTokenSource();
        Task<int> load = ConstantLoad.RunAsync(CallAsync, PerSecond, end.Token);
        Task deaths = RunDeathsAsync();
        await Task.WhenAny(load, deaths);
        await end.CancelAsync();
        await deaths;
        int calls = await load;

        (double healthy50, double healthy99) = Percentiles.P50AndP99(latencies["healthy"]);
        var results = new List<Aim>();
        foreach (string fault in Faults)
        {
            (double p50, double p99) = Percentiles.P50AndP99(latencies[fault]);
            AnsiConsole.WriteLine(Invariant($"failover, {fault}: p50 {p50:0.00} ms, p99 {p99:0.00} ms; healthy p50 {healthy50:0.00} ms, p99 {healthy99:0.00} ms"));
            results.Add(Aim.AtMost(
                Invariant($"failover, the second of '{fault}', {PerSecond:0} chats/s"), Invariant($"p50 {p50:0.00} ms, p99 {p99:0.00} ms"),
                Invariant($"healthy p50 {healthy50:0.00} ms, p99 {healthy99:0.00} ms"), p99 / healthy99, MostOfHealthy));
        }

        string failed = failures.IsEmpty ? "0" : $"{failures.Count}: {failures.First()}";
        return [.. results, new Aim("failover, chats that failed", failed, Invariant($"of {calls:N0} chats"), "", "0", failures.IsEmpty)];

        async Task CallAsync(int number)
        {
            ConcurrentBag<double>? window = current;
            long start = Stopwatch.GetTimestamp();
            try
            {
                using HttpResponseMessage response = await client.PostAsJsonAsync(address, new { message = "Hello" });
                window?.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                response.EnsureSuccessStatusCode();
            }
            catch (HttpRequestException e)
            {
                failures.Add(e.Message);
            }
        }

        async Task RunDeathsAsync()
        {
            await Task.Delay(WarmUp);
            for (int death = 0; death < Deaths; death++)
            {
                ModelInstance victim = system.Instances[death % system.Instances.Count];
                var fault = new Uri(system.Admin.Endpoint, $"instances/{victim.Name}/fault");
                foreach (string kind in Faults)
                {
                    await WindowAsync("healthy", () => Task.CompletedTask);
                    await WindowAsync(kind, async () => (await client.PutAsJsonAsync(fault, new { kind })).EnsureSuccessStatusCode());
                    (await client.DeleteAsync(fault)).EnsureSuccessStatusCode();
                    await Task.Delay(Window / 2);
                }
            }
        }

        // It begins before the fault, which then meets calls under way.
        async Task WindowAsync(string name, Func<Task> begin)
        {
            current = latencies[name];
            await begin();
            await Task.Delay(Window);
            current = null;
        }
    }
}
