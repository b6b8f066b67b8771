using System.Net;
using System.Net.Sockets;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Machine;

/// <summary>What stands in the way of a start is named with the option that gets around it.</summary>
public sealed class LocalSystemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-local-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--app-port")]
    [InlineData("--gateway-port")]
    [InlineData("--models-port")]
    [InlineData("--admin-port")]
    [InlineData("--logs-port")]
    public async Task A_busy_port_is_named_with_its_option(string option)
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        int port = ((IPEndPoint)busy.LocalEndpoint).Port;
        LocalSystemOptions options = Options();
        options = option switch
        {
            "--app-port" => options with { AppPort = port },
            "--gateway-port" => options with { GatewayPort = port },
            "--models-port" => options with { ModelsPort = port },
            "--admin-port" => options with { AdminPort = port },
            _ => options with { LogsPort = port, LogFile = Path.Combine(_folder, "logs.db") },
        };

        LocalStartException e = await Assert.ThrowsAsync<LocalStartException>(() => LocalSystem.StartAsync(options, Cancellation));

        Assert.Contains($"Port {port} ", e.Message, StringComparison.Ordinal);
        Assert.Contains(option, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_backend_takes_the_place_of_a_simulated_one()
    {
        await using LocalSystem other = await LocalSystem.StartAsync(Options(), Cancellation);
        LocalSystemOptions options = Options() with
        {
            RealBackends = new Dictionary<string, BackendAddress>
            {
                ["openai-primary"] = new(new Uri(other.Instances[0].Endpoint, "openai"), ContosoSuites.Local.Models.ModelCredentials.DefaultApiKey),
            },
        };

        await using LocalSystem system = await LocalSystem.StartAsync(options, Cancellation);
        using var traffic = new Traffic(system.App!.Endpoint);
        using HttpResponseMessage first = await traffic.ChatAsync(0, Cancellation);
        using HttpResponseMessage second = await traffic.ChatAsync(1, Cancellation);

        Assert.True(first.IsSuccessStatusCode && second.IsSuccessStatusCode);
        Assert.Equal("openai-secondary", Assert.Single(system.Instances).Name);
        Assert.Equal(1, other.Instances[0].Counters.Snapshot().Count(status: 200));
        Assert.Equal(1, system.Instances[0].Counters.Snapshot().Count(status: 200));
    }

    [Fact]
    public async Task An_unknown_backend_is_named_with_those_that_there_are()
    {
        LocalSystemOptions options = Options() with
        {
            RealBackends = new Dictionary<string, BackendAddress> { ["openai-tertiary"] = new(new Uri("http://127.0.0.1:1/openai"), "key") },
        };

        LocalStartException e = await Assert.ThrowsAsync<LocalStartException>(() => LocalSystem.StartAsync(options, Cancellation));

        Assert.Contains("openai-tertiary", e.Message, StringComparison.Ordinal);
        Assert.Contains("openai-primary, openai-secondary", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_file_that_is_none_is_named()
    {
        string file = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(file, "These are notes and no database, and they are long enough to be read as one. " + new string('x', 4096), Cancellation);

        LocalStartException e = await Assert.ThrowsAsync<LocalStartException>(() => LocalSystem.StartAsync(Options() with { LogFile = file }, Cancellation));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.Contains("--log-file", e.Message, StringComparison.Ordinal);
    }

    private static LocalSystemOptions Options() => new() { AppSettings = SampleSettings.Read() };
}
