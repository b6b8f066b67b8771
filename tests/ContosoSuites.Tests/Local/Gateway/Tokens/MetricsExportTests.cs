using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Cli;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Tokens;

/// <summary>With an OTLP endpoint in its environment, a gateway process sends the token metrics there.</summary>
public sealed class MetricsExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-metrics-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_token_metrics_arrive_by_OTLP()
    {
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StubBackend backend = await StubBackend.StartAsync("swedencentral", Stub.Answer(200, Answers.Chat(60, 30)));
        await using StubBackend collector = await StubBackend.StartAsync("collector", http =>
        {
            http.Response.ContentType = "application/x-protobuf";
            return Task.CompletedTask;
        });
        collector.Received = request =>
        {
            // The counters of a call go up one after the other, and an export may fall between two of them.
            if (Array.TrueForAll(["total_tokens", "prompt_tokens", "completion_tokens"], name => request.Body.Contains(name, StringComparison.Ordinal)))
            {
                arrived.TrySetResult(request.Body);
            }
        };
        string backends = Path.Combine(_folder, "backends.json");
        await File.WriteAllTextAsync(
            backends, $$$"""{"openai-primary":{"url":"{{{backend.Url}}}","apiKey":"key"},"openai-secondary":{"url":"{{{backend.Url}}}","apiKey":"key"}}""", Cancellation);
        using PartProcess gateway = await PartProcess.StartAsync(
            _folder,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.GetLeftPart(UriPartial.Authority),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
            },
            "gateway", "--gateway-port", "0", "--backends", backends);
        using var client = new HttpClient { BaseAddress = gateway.Endpoint };
        client.DefaultRequestHeaders.Add("api-key", GatewaySubscription.LocalKey);

        using HttpResponseMessage response = await client.SendAsync(Operation.Chat.CreateRequest(), Cancellation);
        response.EnsureSuccessStatusCode();

        string metrics = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Every.One(
            ["ContosoSuites", "{token}", "API ID", "azure-openai", "Client IP address", "Subscription ID", "Function"],
            expected => Assert.Contains(expected, metrics, StringComparison.Ordinal));
        Assert.Equal("/v1/metrics", collector.Requests.First().Target);
    }
}
