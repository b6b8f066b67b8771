using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Functions.Storage.Samples;
using ContosoSuites.Tests.Node;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>
/// The npm package @vercel/cosmosdb-server: an emulator that nobody here wrote. The real SDK talks to it, and it executes the
/// stores' own queries; it knows no vectors, no throttling and no tokens.
/// </summary>
public sealed class CosmosEmulator : IAsyncDisposable
{
    private readonly Lazy<Task> _start;
    private Process? _process;
    private CosmosSettings? _planted;
    private int _databases;

    /// <summary>Starts nothing yet: a test can be skipped where Node is missing, its fixture can not.</summary>
    public CosmosEmulator() => _start = new Lazy<Task>(StartAsync);

    public string Endpoint { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    /// <summary>A client as the app has one, in gateway mode since there is no other here, with any key since none is looked at.</summary>
    internal async Task<CosmosClient> ConnectAsync(CosmosFaults? faults = null, ILogger<RequestChargeLog>? logger = null)
    {
        await _start.Value;
        CosmosClientOptions options = CosmosClientFactory.CreateOptions(logger ?? NullLogger<RequestChargeLog>.Instance);
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        options.HttpClientFactory = () => new HttpClient(new CosmosEmulatorHandler(faults ?? new CosmosFaults()) { InnerHandler = new SocketsHttpHandler() });
        return new CosmosClient(Endpoint, Convert.ToBase64String(new byte[64]), options);
    }

    /// <summary>Creates a database of its own for a test, with the containers of infra/modules/cosmos.bicep.</summary>
    internal async Task<CosmosSettings> CreateDatabaseAsync(CosmosClient client, int vectorDimensions = 1536)
    {
        // Its resource ids are plain base64: one with a slash is no part of an address, and the next database has another.
        DatabaseResponse database;
        do
        {
            database = await client.CreateDatabaseAsync($"test-{Interlocked.Increment(ref _databases)}", cancellationToken: TestContext.Current.CancellationToken);
        }
        while (database.Resource.SelfLink.Trim('/').Split('/') is not ["dbs", _]);

        var settings = new CosmosSettings
        {
            AccountEndpoint = Endpoint,
            DatabaseName = database.Resource.Id,
            MaintenanceRequestsContainerName = CosmosContainers.MaintenanceRequests,
        };
        foreach (ContainerProperties container in CosmosContainers.All(vectorDimensions))
        {
            await CreateContainerAsync(database, container);
        }

        return settings;
    }

    /// <summary>A database with the sample data and nothing else, for one test after the other: hotels and bookings, which no store writes, stay from test to test.</summary>
    internal async Task<CosmosSettings> PlantAsync(CosmosClient client)
    {
        if (_planted is null)
        {
            CosmosSettings created = await CreateDatabaseAsync(client);
            await CosmosSeed.PlantAsync(CosmosStores.Open(client, created), TestContext.Current.CancellationToken);
            return _planted = created;
        }

        Database database = client.GetDatabase(_planted.DatabaseName);
        foreach (ContainerProperties container in CosmosContainers.All().Where(container => container.Id is not ("Hotels" or "Bookings")))
        {
            await database.GetContainer(container.Id).DeleteContainerAsync(cancellationToken: TestContext.Current.CancellationToken);
            await CreateContainerAsync(database, container);
        }

        Container requests = database.GetContainer(CosmosContainers.MaintenanceRequests);
        await Parallel.ForEachAsync(SampleData.Load().MaintenanceRequests, TestContext.Current.CancellationToken, async (request, token) =>
            await requests.CreateItemAsync(RequestDocument.Of(request), new PartitionKey(request.HotelId), cancellationToken: token));
        return _planted;
    }

    private async Task StartAsync()
    {
        // It has no query planner. With this the SDK sends a query as it is to a container of one partition, which here all are.
        Environment.SetEnvironmentVariable("AZURE_COSMOS_OPTIMISTIC_DIRECT_EXECUTION_ENABLED", "true");
        (_process, JsonElement started) = await NodeProject.StartAsync("cosmos.mjs", CancellationToken.None);
        Endpoint = started.GetProperty("endpoint").GetString()!;
    }

    private static async Task CreateContainerAsync(Database database, ContainerProperties container)
    {
        AddInverseIndexes(container.IndexingPolicy.CompositeIndexes);
        await database.CreateContainerAsync(container, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>The service reads a composite index in both directions, the emulator in one.</summary>
    private static void AddInverseIndexes(Collection<Collection<CompositePath>> indexes)
    {
        foreach (Collection<CompositePath> index in indexes.ToArray())
        {
            indexes.Add([.. index.Select(path => new CompositePath
            {
                Path = path.Path,
                Order = path.Order is CompositePathSortOrder.Ascending ? CompositePathSortOrder.Descending : CompositePathSortOrder.Ascending,
            })]);
        }
    }
}
