using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Bench.Http;
using ContosoSuites.Local.Gateway;

namespace ContosoSuites.Bench.Gateway;

/// <summary>The local gateway as <c>./dev gateway</c> starts it, with the policy as it is deployed.</summary>
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
            "exec", Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll"), "gateway", "--backends", backends, "--files", CopyFiles(folder),
            "--gateway-port", port.ToString(CultureInfo.InvariantCulture),
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

    // The deployed files, but for the token limit, which would end the measurement after a few calls.
    private static string CopyFiles(string folder)
    {
        string copy = Directory.CreateDirectory(Path.Combine(folder, "gateway")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "gateway")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        string backends = Path.Combine(copy, "backends.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(backends))!;
        json["tokenLimit"]!["tokensPerMinute"] = int.MaxValue;
        File.WriteAllText(backends, json.ToJsonString());
        return copy;
    }
}
