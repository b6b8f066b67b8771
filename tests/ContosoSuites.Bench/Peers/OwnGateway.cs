using System.Globalization;
using System.Text.Json;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Local.Gateway;

namespace ContosoSuites.Bench.Peers;

/// <summary>The local gateway as <c>./dev gateway</c> starts it: the policy as it is deployed, and a row in the log tables for every request.</summary>
internal static class OwnGateway
{
    private static readonly string[] Names = ["openai-primary", "openai-secondary"];

    public static async Task<Peer> StartAsync(BenchFolder folder, IReadOnlyList<Uri> instances, RawLoad direct)
    {
        string backends = folder.File("backends.local.json");
        await File.WriteAllTextAsync(backends, JsonSerializer.Serialize(
            Names.Zip(instances).ToDictionary(pair => pair.First, pair => new { url = new Uri(pair.Second, "openai"), apiKey = "unused" })));

        // The tokens are counted and compared as ever, but out of reach: the limit would end the measurement after a few calls.
        LocalPart gateway = await LocalPart.StartAsync(
            folder, "gateway", "--gateway-port", "--backends", backends, "--log-file", folder.File("gateway-logs.db"),
            "--tokens-per-minute", int.MaxValue.ToString(CultureInfo.InvariantCulture));
        return new Peer(gateway, direct with
        {
            Address = new UriBuilder(direct.Address) { Port = gateway.Endpoint.Port }.Uri,
            Headers = new Dictionary<string, string>(direct.Headers) { ["api-key"] = GatewaySubscription.LocalKey },
        });
    }
}
