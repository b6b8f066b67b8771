using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench.Streaming;

/// <summary>
/// What the gateway and the function add to a stream: to the time of its first token, and to the evenness of the others, which
/// the instance sends every 5 ms.
/// </summary>
internal static class StreamingBenchmark
{
    private const string Path = "openai/deployments/gpt-5.4-mini/chat/completions?api-version=2025-04-01-preview";
    private static readonly (int Concurrency, Turns Turns)[] Measured =
    [
        (1, new Turns(4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5))),
        (16, new Turns(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5))),
    ];

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using LoopbackServer one = await PacedInstance.StartAsync();
        await using LoopbackServer other = await PacedInstance.StartAsync();
        await using LocalSystem system = await LocalSystem.StartAsync(await BenchSystem.OptionsAsync(folder) with
        {
            RealBackends = new Dictionary<string, BackendAddress> { ["openai-primary"] = AddressOf(one), ["openai-secondary"] = AddressOf(other) },
        });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

        (string Name, StreamCaller Caller)[] callers =
        [
            ("direct", ModelCaller(client, one.Endpoint)),
            ("gateway", ModelCaller(client, system.Gateway.Endpoint)),
            ("function", FunctionCaller(client, system.App!.Endpoint)),
        ];
        CallKind[] kinds = [.. callers.Select(caller => new CallKind(caller.Name, caller.Caller.RunAsync))];
        await LoadGenerator.SettleAsync(kinds, 16, TimeSpan.FromSeconds(0.5));

        var results = new List<Aim>();
        foreach ((int concurrency, Turns turns) in Measured)
        {
            foreach ((_, StreamCaller caller) in callers)
            {
                caller.TakeJitterP99();
            }

            IReadOnlyDictionary<string, Load> loads = await LoadGenerator.InTurnsAsync(kinds, concurrency, turns);
            Dictionary<string, double> jitter = callers.ToDictionary(caller => caller.Name, caller => caller.Caller.TakeJitterP99());
            foreach (string name in loads.Keys)
            {
                AnsiConsole.WriteLine(Invariant($"stream {name,-8} {concurrency,3} callers: first token p50 {loads[name].P50:0.000} ms, p99 {loads[name].P99:0.000} ms, jitter p99 {jitter[name]:0.000} ms"));
            }

            results.AddRange(callers.Skip(1).SelectMany(caller => Against(caller.Name, concurrency, loads, jitter)));
        }

        return results;
    }

    private static IEnumerable<Aim> Against(string name, int concurrency, IReadOnlyDictionary<string, Load> loads, Dictionary<string, double> jitter)
    {
        (Load load, Load direct) = (loads[name], loads["direct"]);
        yield return new Aim(
            Invariant($"first token through the {name} at {concurrency}"), Invariant($"p50 {load.P50:0.000} ms, p99 {load.P99:0.000} ms"),
            Invariant($"direct p50 {direct.P50:0.000} ms, p99 {direct.P99:0.000} ms"), Aim.Added(load.P50Above(direct)));
        yield return new Aim(
            Invariant($"jitter between tokens through the {name} at {concurrency}"), Invariant($"p99 {jitter[name]:0.000} ms"),
            Invariant($"direct p99 {jitter["direct"]:0.000} ms"), Aim.Added(jitter[name] - jitter["direct"]));
    }

    private static BackendAddress AddressOf(LoopbackServer instance) => new(new Uri(instance.Endpoint, "openai"), "unused");

    private static StreamCaller ModelCaller(HttpClient client, Uri endpoint) => new(
        client,
        () => Request(
            new Uri(endpoint, Path),
            """{"messages":[{"role":"user","content":"Which rooms are free?"}],"model":"gpt-5.4-mini","stream":true,"stream_options":{"include_usage":true}}""",
            ("api-key", GatewaySubscription.LocalKey)),
        data => data.GetProperty("choices") is var choices && choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out JsonElement content)
            ? content.GetString()!
            : "");

    private static StreamCaller FunctionCaller(HttpClient client, Uri endpoint) => new(
        client,
        () => Request(new Uri(endpoint, "api/Chat"), """{"message":"Which rooms are free?"}""", ("Accept", "text/event-stream")),
        data => data.TryGetProperty("text", out JsonElement text) ? text.GetString()! : "");

    private static HttpRequestMessage Request(Uri address, string body, (string Name, string Value) header)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add(header.Name, header.Value);
        return request;
    }
}
