using System.Globalization;
using System.Text.Json;
using ContosoSuites.Bench.Http;
using ContosoSuites.Local.Gateway;

namespace ContosoSuites.Bench.Gateway;

/// <summary>The local gateway as <c>./dev gateway</c> starts it: the policy as it is deployed, and a row in the log tables for every request.</summary>
internal static class OwnGateway
{
    private static readonly string[] Names = ["openai-primary", "openai-secondary"];

    public static async Task<Peer> StartAsync(string folder, IReadOnlyList<Uri> instances, RawLoad direct)
    {
        int port = ChildProcess.FreePort();
        string backends = Path.Combine(folder, "backends.local.json");
        await File.WriteAllTextAsync(backends, JsonSerializer.Serialize(
            Names.Zip(instances).ToDictionary(pair => pair.First, pair => new { url = new Uri(pair.Second, "openai"), apiKey = "unused" })));
        ChildProcess process = ChildProcess.Start(Path.Combine(folder, "gateway.out"), "dotnet",
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll"), "gateway",
            "--gateway-port", port.ToString(CultureInfo.InvariantCulture), "--backends", backends, "--log-file", Path.Combine(folder, "gateway-logs.db"),

            // Counted and compared as ever, but out of reach: the limit would end the measurement after a few calls.
            "--tokens-per-minute", int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ]);
        try
        {
            await process.ListensAsync(port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

        return new Peer(process, direct with
        {
            Address = new UriBuilder(direct.Address) { Port = port }.Uri,
            Headers = new Dictionary<string, string>(direct.Headers) { ["api-key"] = GatewaySubscription.LocalKey },
        });
    }
}
