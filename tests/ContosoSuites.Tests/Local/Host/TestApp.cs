using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.App;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>An app made of classes of this project: its entry point is a delegate that does what a Program.cs does.</summary>
internal sealed class TestApp
{
    public Dictionary<string, string?> Settings { get; init; } = [];

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    public TimeProvider? TimeProvider { get; init; }

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public string? HostJsonPath { get; init; }

    public int Port { get; init; }

    public RecordingLogger Logs { get; } = new();

    public EntryPoint EntryPoint => new("the test app", args =>
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        Configure?.Invoke(builder);
        builder.Build().Run();
    });

    public FunctionsHostOptions Options => new()
    {
        FunctionsAssembly = typeof(TestApp).Assembly,
        Port = Port,
        Settings = Settings,
        HostJsonPath = HostJsonPath,
        ShutdownTimeout = ShutdownTimeout,
        ConfigureLogging = logging => logging.AddProvider(Logs),
    };

    public Task<FunctionsHost> StartAsync(params Type[] functions) =>
        FunctionsHost.StartAsync(Options, EntryPoint, functions, TimeProvider, TestContext.Current.CancellationToken);

    public async Task<FunctionsHostException> FailToStartAsync(params Type[] functions) =>
        await Assert.ThrowsAnyAsync<FunctionsHostException>(async () => await (await StartAsync(functions)).DisposeAsync());
}
