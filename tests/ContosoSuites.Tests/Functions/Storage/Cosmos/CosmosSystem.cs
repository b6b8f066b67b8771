using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Local.Host;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>The app over the emulator, without a gateway: nothing here needs a model.</summary>
internal sealed class CosmosSystem : IAsyncDisposable
{
    private readonly FunctionsHost _host;
    private readonly CosmosClient _client;

    private CosmosSystem(FunctionsHost host, CosmosClient client)
    {
        _host = host;
        _client = client;
        App = AnswerRecorder.CreateClient(new Uri(host.Endpoint, "api/"));
    }

    public HttpClient App { get; }

    public RecordingLogger Logs { get; private init; } = null!;

    public static async Task<CosmosSystem> StartAsync(CosmosEmulator emulator, CosmosFaults faults, params (string Name, string? Value)[] settings)
    {
        var logs = new RecordingLogger();
        CosmosClient client = await emulator.ConnectAsync(faults);
        CosmosSettings cosmos = await emulator.CreateDatabaseAsync(client);
        await CosmosSeed.PlantAsync(CosmosStores.Open(client, cosmos), TestContext.Current.CancellationToken);
        var values = new Dictionary<string, string?>(SampleSettings.Read())
        {
            ["Storage:SqlitePath"] = null,
            ["CosmosDB:AccountEndpoint"] = cosmos.AccountEndpoint,
            ["CosmosDB:DatabaseName"] = cosmos.DatabaseName,
            ["CosmosDB:MaintenanceRequestsContainerName"] = cosmos.MaintenanceRequestsContainerName,
            ["LogAnalytics:WorkspaceId"] = "",
            ["Maintenance:InlineEmbeddingSeconds"] = "0",
        };
        foreach ((string name, string? value) in settings)
        {
            values[name] = value;
        }

        FunctionsHost host = await FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                Worker = TestWorker.Home(services => services.AddSingleton(client)),
                Settings = values,
                ConfigureLogging = logging => logging.AddProvider(logs),
            },
            TestContext.Current.CancellationToken);
        return new CosmosSystem(host, client) { Logs = logs };
    }

    public async ValueTask DisposeAsync()
    {
        App.Dispose();
        await _host.DisposeAsync();
        _client.Dispose();
    }
}
