using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Workers;
using ContosoSuites.Tests.Functions.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>The app alone in a host, with the sample's settings, a database of its own, and nobody at the gateway's address.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TestHost(FunctionsHost host, DirectoryInfo folder, RecordingLogger logs)
    {
        _folder = folder;
        Host = host;
        Logs = logs;
        Client = AnswerRecorder.CreateClient(host.Endpoint);
    }

    public FunctionsHost Host { get; }

    public RecordingLogger Logs { get; }

    public HttpClient Client { get; }

    /// <summary>Starts the app with a service replaced.</summary>
    public static Task<TestHost> StartAsync(Action<IServiceCollection>? configureServices = null, Func<FunctionsHostOptions, FunctionsHostOptions>? configure = null) =>
        StartAsync(TestWorker.Home(configureServices), configure ?? (options => options));

    /// <summary>Starts the app in a process of its own.</summary>
    public static Task<TestHost> StartProcessAsync(params (string Name, string? Value)[] settings) => StartAsync(
        new ProcessWorkerHome(ContosoSuites.Local.Machine.LocalApp.File),
        options => options with { Settings = options.Settings.Concat(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value) });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<TestHost> StartAsync(IWorkerHome worker, Func<FunctionsHostOptions, FunctionsHostOptions> configure)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contoso-host-");
        var logs = new RecordingLogger();
        Dictionary<string, string?> settings = SampleSettings.Read();
        settings["Storage:SqlitePath"] = Path.Combine(folder.FullName, "contoso.db");
        settings["LogAnalytics:WorkspaceId"] = null;
        try
        {
            FunctionsHost host = await FunctionsHost.StartAsync(
                configure(new FunctionsHostOptions { Worker = worker, Settings = settings, ConfigureLogging = logging => logging.AddProvider(logs) }),
                TestContext.Current.CancellationToken);
            return new TestHost(host, folder, logs);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }
}
