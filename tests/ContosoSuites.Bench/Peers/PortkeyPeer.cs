using System.Globalization;
using System.Text.Json;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Processes;

namespace ContosoSuites.Bench.Peers;

/// <summary>Portkey's gateway from npm, in its load-balancing mode over the same instances.</summary>
internal static class PortkeyPeer
{
    private const string Package = "@portkey-ai/gateway@1.15.2";

    /// <exception cref="PeerMissingException">It can not be installed.</exception>
    public static async Task<Peer> StartAsync(BenchFolder folder, IReadOnlyList<Uri> instances, RawLoad direct)
    {
        string script = await NpmPackage.InstallAsync(Package, "portkey", "@portkey-ai", "gateway", "build", "start-server.js");
        int port = ChildProcess.FreePort();
        ChildProcess process = await ChildProcess.StartServerAsync(
            port, folder.File("portkey.out"), "node", script, string.Create(CultureInfo.InvariantCulture, $"--port={port}"), "--headless");
        string configuration = JsonSerializer.Serialize(new
        {
            strategy = new { mode = "loadbalance" },
            targets = instances.Select(instance => new { provider = "openai", api_key = "unused", custom_host = new Uri(instance, "v1").AbsoluteUri, weight = 0.5 }),
        });
        return new Peer(process, direct with
        {
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/v1/chat/completions")),
            Headers = new Dictionary<string, string>(direct.Headers) { ["x-portkey-config"] = configuration },
        });
    }
}
