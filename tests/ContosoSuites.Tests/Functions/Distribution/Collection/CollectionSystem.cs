using System.Text.Json;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Local.Host;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>The app in the built-in host, its timers, and a query API that answers what the test says. Nobody else is there.</summary>
internal sealed class CollectionSystem : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly RecordingLogger _log;

    private CollectionSystem(FunctionsHost host, StubBackend logs, RecordingLogger log, DirectoryInfo folder)
    {
        Host = host;
        Logs = logs;
        _log = log;
        _folder = folder;
        App = AnswerRecorder.CreateClient(host.Endpoint);
    }

    public FunctionsHost Host { get; }

    public StubBackend Logs { get; }

    public HttpClient App { get; }

    public static async Task<CollectionSystem> StartAsync(Func<HttpContext, Task> logs, params (string Name, string? Value)[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contoso-collection-");
        StubBackend api = await StubBackend.StartAsync("none", logs);
        var log = new RecordingLogger();
        Dictionary<string, string?> values = SampleSettings.Read();
        values["Storage:SqlitePath"] = Path.Combine(folder.FullName, "contoso.db");
        values["LogAnalytics:Endpoint"] = api.Url.GetLeftPart(UriPartial.Authority);

        // By hand only.
        foreach ((string name, string? value) in settings)
        {
            values[name] = value;
        }

        FunctionsHost host = await FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                Worker = TestWorker.Home(),
                Settings = values,
                ConfigureLogging = logging => logging.AddProvider(log),
            },
            TestContext.Current.CancellationToken);
        return new CollectionSystem(host, api, log, folder);
    }

    /// <summary>Does what the timer does, and waits for its end.</summary>
    public Task CollectAsync() => Host.Worker.Services!.GetRequiredService<ICollectionRun>().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>What the collector has logged.</summary>
    public IEnumerable<(LogLevel Level, string Message)> Logged() =>
        _log.Entries.Where(entry => entry.Category.Contains(".Distribution.", StringComparison.Ordinal)).Select(entry => (entry.Level, entry.Message));

    public async Task<JsonElement> HealthAsync()
    {
        using HttpResponseMessage response = await App.GetAsync("api/health", TestContext.Current.CancellationToken);
        return (await TestSystem.JsonAsync(response)).GetProperty("checks").GetProperty("backendDistribution");
    }

    public async ValueTask DisposeAsync()
    {
        App.Dispose();
        await Host.DisposeAsync();
        await Logs.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
