using System.Text.Json;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Models;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// The functions as they are deployed, against what the same host, worker, kernel and gateway do for the least code: a chat of a
/// textbook and a constant under the same host, and a chat of a bare endpoint without one. All are processes of their own, and this
/// one sends the load.
/// </summary>
internal static class ThroughputBenchmark
{
    private const string Chat = "chat";
    private const string TextbookChat = "textbook chat";
    private const string BareChat = "bare endpoint's chat";
    private const string Hotels = "hotels";
    private const string Constant = "constant";

    private static readonly Turns WarmUp = new(3, TimeSpan.FromSeconds(1), TimeSpan.Zero);

    // Most rounds where differences are smallest.
    private static readonly (int Concurrency, int Rounds)[] Measured = [(1, 6), (16, 3), (64, 6)];

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        string published = await PublishedApp.FileAsync();
        await using SystemProcesses system = await SystemProcesses.StartAsync(folder);
        await using AppProcesses app = await system.StartAppAsync(published);
        await using AppProcesses textbook = await system.StartAppAsync(TextbookApp.File);
        (ChildProcess bareProcess, Uri bareAddress) = await BareEndpoint.StartAsync(folder, system.Gateway);
        await using ChildProcess bare = bareProcess;

        byte[] vector = await EmbedAsync(app);
        var toModel = new Dictionary<string, string> { ["api-key"] = ModelCredentials.DefaultApiKey };
        string path = $"openai/deployments/{BenchSystem.ChatDeployment}/chat/completions?api-version=2025-04-01-preview";
        CallKind[] kinds =
        [
            Kind("instance alone", new RawLoad(new Uri(system.Instance, path), toModel, ModelCall())),
            Kind("gateway alone", new RawLoad(new Uri(system.Gateway, path), new Dictionary<string, string> { ["api-key"] = GatewaySubscription.LocalKey }, ModelCall())),
            Kind(Chat, app.Chat()),
            Kind(TextbookChat, textbook.Chat()),
            Kind(BareChat, textbook.Chat() with { Address = bareAddress }),
            Kind(Hotels, app.Get("api/Hotels")),
            Kind(Constant, textbook.Get("api/Constant")),
            Kind("vectorize", app.Get("api/Vectorize?text=The%20tap%20in%20the%20bathroom%20drips.")),
            Kind("vector search", app.Post("api/VectorSearch?max_results=5&minimum_similarity_score=0", vector)),
        ];
        await LoadGenerator.InTurnsAsync(kinds, 16, WarmUp);

        var results = new Dictionary<(string, int), Load>();
        foreach ((int concurrency, int rounds) in Measured)
        {
            foreach ((string name, Load load) in await LoadGenerator.InTurnsAsync(kinds, concurrency, Turns.OfHalfSeconds(rounds)))
            {
                results.Add((name, concurrency), load);
                AnsiConsole.WriteLine(Invariant($"{name,-20} {concurrency,3} callers: {load}"));
            }
        }

        return [.. Judge(results)];
    }

    private static CallKind Kind(string name, RawLoad load) => new(name, load.RunAsync);

    /// <summary>The chat's call as it goes to the model, without the tools.</summary>
    private static byte[] ModelCall() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        messages = new object[]
        {
            new { role = "system", content = ChatPersona.SystemMessage(DateTimeOffset.UtcNow) },
            new { role = "user", content = "Hello" },
        },
        model = BenchSystem.ChatDeployment,
    });

    /// <summary>Has the sample's maintenance requests embedded, and waits until they can be found.</summary>
    /// <returns>A vector to search for.</returns>
    private static async Task<byte[]> EmbedAsync(AppProcesses app)
    {
        using var client = new HttpClient { BaseAddress = app.Endpoint };
        byte[] vector = await client.GetByteArrayAsync("api/Vectorize?text=leak");
        (await client.PostAsync("admin/functions/EmbedPendingRequests", null)).EnsureSuccessStatusCode();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            using HttpResponseMessage found = await client.PostAsync("api/VectorSearch?max_results=5&minimum_similarity_score=0", new ByteArrayContent(vector));
            if ((await found.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetArrayLength() == 5)
            {
                break;
            }
        }

        return vector;
    }

    private static IEnumerable<Aim> Judge(Dictionary<(string Name, int Concurrency), Load> results)
    {
        foreach (((string name, int concurrency), Load load) in results)
        {
            yield return new Aim(Invariant($"{name} at {concurrency}"), load.ToString());
        }

        yield return Share(64, Chat, TextbookChat, 0.95);
        yield return Added(Chat, TextbookChat, 0.15);
        yield return Share(64, Hotels, Constant, 0.90);
        yield return new Aim(
            "chat throughput at 64", Invariant($"{results[(Chat, 64)].PerSecond:0}/s"), Invariant($"{BareChat} {results[(BareChat, 64)].PerSecond:0}/s"),
            Aim.Times(results[(Chat, 64)].PerSecond / results[(BareChat, 64)].PerSecond));

        Aim Share(int concurrency, string name, string peer, double aim)
        {
            (Load load, Load other) = (results[(name, concurrency)], results[(peer, concurrency)]);
            return Aim.AtLeast(
                Invariant($"{name} throughput at {concurrency}"), Invariant($"{load.PerSecond:0}/s"), Invariant($"{peer} {other.PerSecond:0}/s"),
                load.PerSecond / other.PerSecond, aim);
        }

        Aim Added(string name, string peer, double aim)
        {
            (Load load, Load other) = (results[(name, 1)], results[(peer, 1)]);
            return Aim.AtMostAdded($"{name} latency at 1", Invariant($"p50 {load.P50:0.000} ms"), Invariant($"{peer} p50 {other.P50:0.000} ms"), load.P50Above(other), aim);
        }
    }
}
