using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Local;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Models;
using Microsoft.SemanticKernel;
using Spectre.Console;

namespace ContosoSuites.Bench;

/// <summary>
/// A minimal chat straight to an instance, through the gateway, through the function, and through a bare endpoint that does
/// what the function does: side by side, same client, same process, same messages.
/// </summary>
internal static class ThroughputBenchmark
{
    private const string Question = "Hello";
    private const string Deployment = "gpt-5-mini";
    private static readonly int[] Concurrencies = [1, 16, 64];

    public static async Task<IReadOnlyList<Aim>> RunAsync(TimeSpan duration)
    {
        string persona = ChatPersona.SystemMessage(DateTimeOffset.UtcNow);
        await using LocalSystem system = await LocalSystem.StartAsync(BenchSystem.Options());
        var kernel = system.App!.Services.GetRequiredService<Kernel>();
        await using BareEndpoint bare = await BareEndpoint.StartAsync(
            system.Gateway.Endpoint, GatewaySubscription.LocalKey, Deployment, persona, kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel)));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseProxy = false, UseCookies = false });

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
        var kinds = new (string Name, Uri Address, byte[] Body, string? Key)[]
        {
            ("direct", new Uri(system.Instances[0].Endpoint, path), chat, ModelCredentials.DefaultApiKey),
            ("gateway", new Uri(system.Gateway.Endpoint, path), chat, GatewaySubscription.LocalKey),
            ("function", new Uri(system.App.Endpoint, "api/Chat"), message, null),
            ("bare endpoint", new Uri(bare.Endpoint, "api/Chat"), message, null),
        };

        var results = new Dictionary<(string, int), Load>();
        foreach (int concurrency in Concurrencies)
        {
            IReadOnlyDictionary<string, Load> loads = await LoadGenerator.InTurnsAsync(
                [.. kinds.Select(kind => (kind.Name, (Func<CancellationToken, Task>)(token => PostAsync(client, kind.Address, kind.Body, kind.Key, token))))],
                concurrency,
                duration);
            foreach ((string name, Load load) in loads)
            {
                results.Add((name, concurrency), load);
                AnsiConsole.WriteLine($"{name,-14} {concurrency,3} callers: {load.PerSecond,8:0}/s  p50 {load.P50:0.000} ms  p99 {load.P99:0.000} ms");
            }
        }

        return [.. Judge(results)];
    }

    private static async Task PostAsync(HttpClient client, Uri address, byte[] body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
        {
            request.Headers.Add("api-key", key);
        }

        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static IEnumerable<Aim> Judge(Dictionary<(string Name, int Concurrency), Load> results)
    {
        foreach (((string name, int concurrency), Load load) in results)
        {
            yield return new Aim($"{name} at {concurrency}", Text($"{load.PerSecond:0}/s, p50 {load.P50:0.000} ms, p99 {load.P99:0.000} ms"));
        }

        yield return Share("gateway throughput at 64", results[("gateway", 64)], "direct", results[("direct", 64)], 0.30);
        yield return Added("gateway latency at 1", results[("gateway", 1)], "direct", results[("direct", 1)], 0.3);
        yield return Share("function throughput at 64", results[("function", 64)], "bare endpoint", results[("bare endpoint", 64)], 0.85);
        yield return Added("function latency at 1", results[("function", 1)], "bare endpoint", results[("bare endpoint", 1)], 0.3);
    }

    private static Aim Share(string figure, Load load, string peer, Load other, double aim)
    {
        double ratio = load.PerSecond / other.PerSecond;
        return new Aim(figure, Text($"{load.PerSecond:0}/s"), Text($"{peer} {other.PerSecond:0}/s"), Text($"{ratio:0.00}x"), Text($">= {aim:0.00}x"), ratio >= aim);
    }

    private static Aim Added(string figure, Load load, string peer, Load other, double aim)
    {
        double added = load.P50 - other.P50;
        return new Aim(figure, Text($"p50 {load.P50:0.000} ms"), Text($"{peer} p50 {other.P50:0.000} ms"), Text($"{added:+0.000;-0.000} ms"), Text($"<= +{aim:0.0} ms"), added <= aim);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
