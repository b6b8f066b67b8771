using System.Text.Json;
using ContosoSuites.Tests.Local.Logs;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>Every part can be started alone, in a process of its own, and the parts find each other by address only.</summary>
public sealed class PartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-parts-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_parts_make_up_the_system()
    {
        using PartProcess models = await PartProcess.StartAsync(_folder, "models", "--models-port", "0", "--admin-port", "0");
        string backends = Path.Combine(_folder, "backends.json");
        await File.WriteAllTextAsync(backends, models.Addresses.GetProperty("backends").GetRawText(), Cancellation);
        using PartProcess gateway = await PartProcess.StartAsync(_folder, "gateway", "--gateway-port", "0", "--backends", backends);
        using PartProcess logs = await PartProcess.StartAsync(_folder, "logs", "--logs-port", "0");
        using PartProcess host = await PartProcess.StartAsync(
            _folder, "host", "--app-port", "0", "--gateway", gateway.Endpoint.AbsoluteUri, "--setting", $"Storage:SqlitePath={Path.Combine(_folder, "contoso.db")}");
        using var client = new HttpClient();

        using HttpResponseMessage chat = await client.PostAsync(
            new Uri(host.Endpoint, "api/Chat"), new FormUrlEncodedContent([new("message", "Hello")]), Cancellation);
        chat.EnsureSuccessStatusCode();
        Assert.NotEmpty(chat.Headers.GetValues("x-served-by"));

        // The two share the file below their folder, and nothing else.
        await LogQueryClient.UntilAsync(client, logs.Endpoint, "backend-distribution", rows => rows.GetArrayLength() == 1, Cancellation);

        var admin = new Uri(models.Addresses.GetProperty("admin").GetString()!);
        JsonElement instances = JsonElement.Parse(await client.GetStringAsync(new Uri(admin, "instances"), Cancellation));
        Assert.Equal(2, instances.GetArrayLength());
    }
}
