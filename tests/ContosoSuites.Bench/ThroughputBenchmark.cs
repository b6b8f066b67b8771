using System.Text;
using System.Text.Json;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using Microsoft.SemanticKernel;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// A minimal chat straight to an instance, through the gateway, through the function's worker process and its host, and through
/// a bare endpoint that does what the function does: side by side, same client, same messages; and the list of hotels.
/// </summary>
internal static class ThroughputBenchmark
{
    private const string Question = "Hello";
    private const string Deployment = "gpt-5.4-mini";

    // Most rounds where differences are smallest.
    private static readonly (int Concurrency, int Rounds)[] Measured = [(1, 14), (16, 6), (64, 10)];

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        string persona = ChatPersona.SystemMessage(DateTimeOffset.UtcNow);
        await using LocalSystem system = await LocalSystem.StartAsync(BenchSystem.Options(folder));
        Kernel kernel = ToolKernel.Create(folder);
        var openAI = new OpenAIChat(system.Gateway.Endpoint, Deployment, persona, kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel)));
        await using BareEndpoint bare = await BareEndpoint.StartAsync(openAI.AskAsync);
        using var post = new JsonPost();

        byte[] chat = JsonSerializer.SerializeToUtf8Bytes(new
        {
            messages = new object[]
            {
                new { role = "system", content = persona },
                new { role = "user", content = Question },
            },
            model = Deployment,
        });
        byte[] message = Encoding.UTF8.GetBytes($$"""{"message":"{{Question}}"}""");
        string path = $"openai/deployments/{Deployment}/chat/completions?api-version=2025-04-01-preview";
        CallKind[] kinds =
        [
            post.To("direct", new Uri(system.Instances[0].Endpoint, path), chat, ModelCredentials.DefaultApiKey),
            post.To("gateway", new Uri(system.Gateway.Endpoint, path), chat, GatewaySubscription.LocalKey),
            post.To("function", new Uri(system.App!.Endpoint, "api/Chat"), message),
            post.To("bare endpoint", bare.Address, message),
            post.Get("hotels", new Uri(system.App.Endpoint, "api/Hotels")),
        ];
        await LoadGenerator.SettleAsync(kinds, 16, TimeSpan.FromSeconds(1));

        var results = new Dictionary<(string, int), Load>();
        foreach ((int concurrency, int rounds) in Measured)
        {
            foreach ((string name, Load load) in await LoadGenerator.InTurnsAsync(kinds, concurrency, Turns.OfHalfSeconds(rounds)))
            {
                results.Add((name, concurrency), load);
                AnsiConsole.WriteLine(Invariant($"{name,-14} {concurrency,3} callers: {load}"));
            }
        }

        return [.. Judge(results)];
    }

    private static IEnumerable<Aim> Judge(Dictionary<(string Name, int Concurrency), Load> results)
    {
        foreach (((string name, int concurrency), Load load) in results)
        {
            yield return new Aim(Invariant($"{name} at {concurrency}"), load.ToString());
        }

        yield return Share("gateway throughput at 64", results[("gateway", 64)], "direct", results[("direct", 64)], 0.30);
        yield return Added("gateway latency at 1", results[("gateway", 1)], "direct", results[("direct", 1)], 0.2);
        yield return Share("function throughput at 64", results[("function", 64)], "bare endpoint", results[("bare endpoint", 64)], 0.95);
        yield return Added("function latency at 1", results[("function", 1)], "bare endpoint", results[("bare endpoint", 1)], 0.15);
    }

    private static Aim Share(string figure, Load load, string peer, Load other, double aim) =>
        Aim.AtLeast(figure, Invariant($"{load.PerSecond:0}/s"), Invariant($"{peer} {other.PerSecond:0}/s"), load.PerSecond / other.PerSecond, aim);

    private static Aim Added(string figure, Load load, string peer, Load other, double aim) =>
        Aim.AtMostAdded(figure, Invariant($"p50 {load.P50:0.000} ms"), Invariant($"{peer} p50 {other.P50:0.000} ms"), load.P50Above(other), aim);
}
