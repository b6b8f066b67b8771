using System.Text.Json;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Bench.Reporting;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// A chat through the gateway, through nginx and through Portkey, over the same two instances with the same client. Each
/// runs in a process of its own; the instances and the client are here.
/// </summary>
internal static class GatewayBenchmark
{
    private const string ChatPath = "openai/deployments/gpt-5.4-mini/chat/completions?api-version=2025-04-01-preview";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2.5);
    private static readonly (int Concurrency, int Rounds)[] Measured = [(1, 6), (16, 3), (64, 6)];

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        // The logs are part of what is measured.
        using var folder = new BenchFolder();
        await using LoopbackServer one = await TrivialInstance.StartAsync("swedencentral");
        await using LoopbackServer other = await TrivialInstance.StartAsync("francecentral");
        Uri[] instances = [one.Endpoint, other.Endpoint];
        var direct = new RawLoad(new Uri(one.Endpoint, ChatPath), new Dictionary<string, string> { ["x-contoso-function"] = "Chat" }, Question());

        var missing = new List<Aim>();
        await using Peer gateway = await OwnGateway.StartAsync(folder, instances, direct);
        await using Peer? nginx = await TryStartAsync("nginx", () => NginxPeer.StartAsync(folder, instances, direct), missing);
        await using Peer? portkey = await TryStartAsync("Portkey", () => PortkeyPeer.StartAsync(folder, instances, direct), missing);
        CallKind[] kinds = [Kind("direct", direct), Kind("gateway", gateway.Load), .. Kinds("nginx", nginx), .. Kinds("Portkey", portkey)];
        foreach (CallKind kind in kinds)
        {
            await kind.RunAsync(16, WarmUp);
        }

        var results = new List<Aim>();
        var loads = new Dictionary<int, IReadOnlyDictionary<string, Load>>();
        foreach ((int concurrency, int rounds) in Measured)
        {
            loads[concurrency] = await LoadGenerator.InTurnsAsync(kinds, concurrency, Turns.OfHalfSeconds(rounds));
            foreach ((string name, Load load) in loads[concurrency])
            {
                AnsiConsole.WriteLine(Invariant($"{name,-8} {concurrency,3} callers: {load}"));
                results.Add(new Aim(Invariant($"{name}, trivial instances, at {concurrency}"), load.ToString()));
            }
        }

        return [.. results, .. Judge(loads[1], loads[64]), .. missing];
    }

    private static IEnumerable<Aim> Judge(IReadOnlyDictionary<string, Load> one, IReadOnlyDictionary<string, Load> many)
    {
        yield return Aim.AtMostAdded(
            "gateway latency at 1, trivial instances", Invariant($"p50 {one["gateway"].P50:0.000} ms"), Invariant($"direct p50 {one["direct"].P50:0.000} ms"),
            one["gateway"].P50Above(one["direct"]), 0.2);

        Load gateway = many["gateway"];
        if (many.TryGetValue("nginx", out Load? nginx))
        {
            yield return Share(gateway, "nginx", nginx, 0.5);
            yield return Aim.AtMost("gateway p99 at 64, trivial instances", Invariant($"{gateway.P99:0.00} ms"), Invariant($"nginx {nginx.P99:0.00} ms"), gateway.P99 / nginx.P99, 2);
        }

        if (many.TryGetValue("Portkey", out Load? portkey))
        {
            yield return Share(gateway, "Portkey", portkey, 15);
        }
    }

    private static Aim Share(Load gateway, string name, Load peer, double aim) => Aim.AtLeast(
        "gateway throughput at 64, trivial instances", Invariant($"{gateway.PerSecond:0}/s"), Invariant($"{name} {peer.PerSecond:0}/s"), gateway.PerSecond / peer.PerSecond, aim);

    private static CallKind[] Kinds(string name, Peer? peer) => peer is null ? [] : [Kind(name, peer.Load)];

    private static CallKind Kind(string name, RawLoad load) => new(name, load.RunAsync);

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
        model = "gpt-5.4-mini",
    });
}
