using System.Globalization;
using System.Text.Json;
using ContosoSuites.Bench.Peers;

namespace ContosoSuites.Bench.Scale;

/// <summary>The simulated instances and the gateway, each in a process of its own, and the app over them, in two more.</summary>
internal sealed class ScaleSystem(BenchFolder folder, LocalPart models, LocalPart gateway, JsonElement backends) : IAsyncDisposable
{
    /// <summary>Where the gateway listens.</summary>
    public Uri Gateway => gateway.Endpoint;

    public static async Task<ScaleSystem> StartAsync(BenchFolder folder)
    {
        LocalPart models = await LocalPart.StartAsync(folder, "models", "--admin-port", "--models-port", "0");
        JsonElement backends = JsonElement.Parse(await models.Process.FirstLineAsync()).GetProperty("backends");
        string file = folder.File("backends.local.json");
        await File.WriteAllTextAsync(file, backends.GetRawText());
        LocalPart gateway = await LocalPart.StartAsync(
            folder, "gateway", "--gateway-port", "--backends", file, "--log-file", folder.File("gateway-logs.db"),
            "--tokens-per-minute", int.MaxValue.ToString(CultureInfo.InvariantCulture));
        return new ScaleSystem(folder, models, gateway, backends);
    }

    /// <summary>Starts the app in a new host with a new worker.</summary>
    public async Task<ScaleApp> StartAppAsync(params (string Name, string Value)[] settings)
    {
        string[] arguments = [.. BenchSystem.Options(folder, settings).AppSettings.SelectMany(setting => new[] { "--setting", $"{setting.Key}={setting.Value}" })];
        LocalPart host = await LocalPart.StartAsync(folder, "host", "--app-port", ["--gateway", Gateway.AbsoluteUri, .. arguments]);
        return new ScaleApp(host);
    }

    /// <summary>From now on every instance takes so long for an answer.</summary>
    public async Task SlowDownAsync(TimeSpan delay)
    {
        using var client = new HttpClient();
        foreach (JsonProperty instance in backends.EnumerateObject())
        {
            using HttpResponseMessage response = await client.PutAsJsonAsync(
                new Uri(models.Endpoint, $"instances/{instance.Name}/fault"), new { kind = "delayHeaders", delaySeconds = delay.TotalSeconds });
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>From now on every instance answers at once.</summary>
    public async Task SpeedUpAsync()
    {
        using var client = new HttpClient();
        foreach (JsonProperty instance in backends.EnumerateObject())
        {
            using HttpResponseMessage response = await client.DeleteAsync(new Uri(models.Endpoint, $"instances/{instance.Name}/fault"));
            response.EnsureSuccessStatusCode();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await models.DisposeAsync();
    }
}
