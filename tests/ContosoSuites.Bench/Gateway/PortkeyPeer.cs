using System.Globalization;
using System.Text.Json;
using ContosoSuites.Bench.Http;

namespace ContosoSuites.Bench.Gateway;

/// <summary>Portkey's gateway from npm, in its load-balancing mode over the same instances.</summary>
internal static class PortkeyPeer
{
    private const string Package = "@portkey-ai/gateway@1.15.2";

    /// <exception cref="PeerMissingException">It can not be installed.</exception>
    public static async Task<Peer> StartAsync(string folder, IReadOnlyList<Uri> instances, RawLoad direct)
    {
        string script = await InstallAsync();
        int port = ChildProcess.FreePort();
        ChildProcess process = ChildProcess.Start(
            Path.Combine(folder, "portkey.out"), "node", [script, string.Create(CultureInfo.InvariantCulture, $"--port={port}"), "--headless"]);
        try
        {
            await process.ListensAsync(port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

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

    // Kept between runs, below artifacts/, which git ignores.
    private static async Task<string> InstallAsync()
    {
        string folder = Path.GetFullPath(Path.Combine("artifacts", "portkey"));
        string script = Path.Combine(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");
        if (!File.Exists(script))
        {
            Directory.CreateDirectory(folder);
            await using ChildProcess npm = ChildProcess.Start(
                Path.Combine(folder, "npm.out"), "npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", Package]);
            await npm.EndAsync();
        }

        return File.Exists(script) ? script : throw new PeerMissingException($"{Package} can not be installed from npm");
    }
}
