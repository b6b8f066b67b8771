using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Bench.Processes;

/// <summary>The simulated instances and the gateway, each in a process of its own, and apps over them, in two more each.</summary>
internal sealed class SystemProcesses(BenchFolder folder, LocalPart models, LocalPart gateway, JsonElement backends) : IAsyncDisposable
{
    /// <summary>Where the gateway listens.</summary>
    public Uri Gateway => gateway.Endpoint;

    /// <summary>Where the first instance listens.</summary>
    public Uri Instance => new(backends.EnumerateObject().First().Value.GetProperty("url").GetString()!);

    /// <summary>Starts instances and gateway, which has no end of tokens.</summary>
    public static async Task<SystemProcesses> StartAsync(BenchFolder folder)
    {
        LocalPart models = await LocalPart.StartAsync(folder, "models", "--admin-port", "--models-port", "0");
        JsonElement backends = JsonElement.Parse(await models.Process.FirstLineAsync()).GetProperty("backends");
        string file = folder.File("backends.local.json");
        await File.WriteAllTextAsync(file, backends.GetRawText());
        LocalPart gateway = await LocalPart.StartAsync(
            folder, "gateway", "--gateway-port", "--backends", file, "--log-file", folder.File("gateway-logs.db"),
            "--tokens-per-minute", int.MaxValue.ToString(CultureInfo.InvariantCulture));
        return new SystemProcesses(folder, models, gateway, backends);
    }

    /// <summary>Starts an app in a new host with a new worker.</summary>
    /// <param name="app">Its dll.</param>
    /// <param name="settings">Settings over those of <see cref="BenchSystem"/>.</param>
    public async Task<AppProcesses> StartAppAsync(string app, params (string Name, string Value)[] settings)
    {
        string[] arguments = [.. BenchSystem.Settings(folder, settings).SelectMany(setting => new[] { "--setting", $"{setting.Key}={setting.Value}" })];
        LocalPart host = await LocalPart.StartAsync(folder, "host", "--app-port", ["--app", app, "--gateway", Gateway.AbsoluteUri, .. arguments]);
        return new AppProcesses(host);
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
