using System.Globalization;
using System.Text.Json;
using ContosoSuites.Bench.Gateway;
using ContosoSuites.Bench.Http;
using Spectre.Console;

namespace ContosoSuites.Bench;

/// <summary>
/// A chat through the gateway, through nginx and through Portkey, over the same two instances with the same client. Each
/// runs in a process of its own; the instances and the client are here.
/// </summary>
internal static class GatewayBenchmark
{
    private const string Path = "openai/deployments/gpt-5-mini/chat/completions?api-version=2025-04-01-preview";
    private static readonly int[] Concurrencies = [1, 16, 64];

    public static async Task<IReadOnlyList<Aim>> RunAsync(TimeSpan duration)
    {
        // Below the current folder, which is on a disk, as the logs are part of what is measured.
        DirectoryInfo folder = Directory.CreateDirectory(System.IO.Path.Combine("artifacts", $"bench-{Guid.NewGuid():N}"));
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
        await using TrivialInstance one = await TrivialInstance.StartAsync("swedencentral");
        await using TrivialInstance other = await TrivialInstance.StartAsync("francecentral");
        Uri[] instances = [one.Endpoint, other.Endpoint];
        var direct = new RawLoad(new Uri(one.Endpoint, Path), new Dictionary<string, string> { ["x-contoso-function"] = "Chat" }, Question());

        var missing = new List<Aim>();
        await using Peer gateway = await OwnGateway.StartAsync(folder, instances, direct);
        await using Peer? nginx = await TryStartAsync("nginx", () => NginxPeer.StartAsync(folder, instances, direct), missing);
        await using Peer? portkey = await TryStartAsync("Portkey", () => PortkeyPeer.StartAsync(folder, instances, direct), missing);
        List<(string Name, RawLoad Load)> kinds = [("direct", direct), ("gateway", gateway.Load)];
        kinds.AddRange(nginx is null ? [] : [("nginx", nginx.Load)]);
        kinds.AddRange(portkey is null ? [] : [("Portkey", portkey.Load)]);

        var results = new List<Aim>();
        IReadOnlyDictionary<string, Load> loads = new Dictionary<string, Load>();
        foreach (int concurrency in Concurrencies)
        {
            loads = await LoadGenerator.InTurnsAsync(
                [.. kinds.Select(kind => (kind.Name, (Func<TimeSpan, Task<IEnumerable<double>>>)(time => kind.Load.RunAsync(concurrency, time))))], concurrency, duration);
            foreach ((string name, Load load) in loads)
            {
                AnsiConsole.WriteLine(Text($"{name,-8} {concurrency,3} callers: {load.PerSecond,8:0}/s  p50 {load.P50:0.000} ms  p99 {load.P99:0.000} ms"));
                results.Add(new Aim(Text($"{name}, trivial instances, at {concurrency}"), Text($"{load.PerSecond:0}/s, p50 {load.P50:0.000} ms, p99 {load.P99:0.000} ms")));
            }
        }

        return [.. results, .. Judge(loads), .. missing];
    }

    private static IEnumerable<Aim> Judge(IReadOnlyDictionary<string, Load> loads)
    {
        Load gateway = loads["gateway"];
        if (loads.TryGetValue("nginx", out Load? nginx))
        {
            yield return Share(gateway, "nginx", nginx, 0.4);
            yield return new Aim(
                "gateway p99 at 64",
                Text($"{gateway.P99:0.00} ms"),
                Text($"nginx {nginx.P99:0.00} ms"),
                Text($"{gateway.P99 / nginx.P99:0.00}x"),
                "<= 2.00x",
                gateway.P99 <= 2 * nginx.P99);
        }

        if (loads.TryGetValue("Portkey", out Load? portkey))
        {
            yield return Share(gateway, "Portkey", portkey, 10);
        }
    }

    private static Aim Share(Load gateway, string name, Load peer, double aim)
    {
        double ratio = gateway.PerSecond / peer.PerSecond;
        return new Aim(
            "gateway throughput at 64", Text($"{gateway.PerSecond:0}/s"), Text($"{name} {peer.PerSecond:0}/s"), Text($"{ratio:0.00}x"), Text($">= {aim:0.00}x"), ratio >= aim);
    }

    private static async Task<Peer?> TryStartAsync(string name, Func<Task<Peer>> start, List<Aim> missing)
    {
        try
        {
            return await start();
        }
        catch (PeerMissingException exception)
        {
            missing.Add(new Aim($"gateway against {name}", $"not measured: {exception.Message}"));
            return null;
        }
    }

    private static byte[] Question() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        messages = new object[]
        {
            new
            {
                role = "system",
                content = "You help the staff of a hotel group. Answer questions about hotels, rooms and bookings from what the tools return, and "
                    + "say so when you do not know. Give figures as they are, without rounding, and dates with the month in words.",
            },
            new { role = "user", content = "How many bookings does the Oceanview Inn have after 1 March, and which of them is the longest?" },
        },
        model = "gpt-5-mini",
    });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
