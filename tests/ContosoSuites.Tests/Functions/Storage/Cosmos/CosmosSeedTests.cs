using System.Globalization;
using System.Net;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Functions.Storage.Samples;
using ContosoSuites.Local.Cli;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

public sealed class CosmosSeedTests(CosmosEmulator emulator) : IClassFixture<CosmosEmulator>, IDisposable
{
    private static readonly CosmosSettings Somewhere = new()
    {
        AccountEndpoint = "https://contoso.documents.azure.com",
        DatabaseName = "ContosoSuites",
        MaintenanceRequestsContainerName = "MaintenanceRequests",
    };

    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Seeding_again_leaves_what_is_there()
    {
        using CosmosClient client = await emulator.ConnectAsync();
        CosmosSettings settings = await emulator.CreateDatabaseAsync(client);
        CosmosDatabase database = CosmosStores.Open(client, settings);
        string id = SampleData.Load().MaintenanceRequests[0].Id;

        Assert.Equal(0, await RunAsync(settings, token => CosmosSeed.PlantAsync(database, token)));
        var requests = CosmosStores.Create(database, settings, TimeProvider.System, null!).Requests;
        Assert.True(await requests.SetEmbeddingAsync(id, Enumerable.Repeat(1f, 1536).ToArray(), Ct));
        Assert.Equal(0, await RunAsync(settings, token => CosmosSeed.PlantAsync(database, token)));

        string[] lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("14 hotels created, 0 already there; 200 bookings created, 0 already there; 60 maintenance requests created, 0 already there.", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("0 hotels created, 14 already there; 0 bookings created, 200 already there; 0 maintenance requests created, 60 already there.", lines[1], StringComparison.Ordinal);
        Assert.True((await requests.GetAsync(id, Ct))!.Embedded);
    }

    [Fact]
    public async Task Costs_are_logged_and_contents_are_not()
    {
        var logs = new RecordingLogger();
        using ILoggerFactory factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(logs));
        using CosmosClient client = await emulator.ConnectAsync(logger: factory.CreateLogger<RequestChargeLog>());
        CosmosSettings settings = await emulator.CreateDatabaseAsync(client);

        await CosmosSeed.PlantAsync(CosmosStores.Open(client, settings), Ct);

        Assert.Contains(logs.Entries, entry => entry.Message == "Cosmos DB POST Hotels answered 201 for 1 request units.");
        Every.One(logs.Entries, entry => Assert.DoesNotContain("Oceanview", entry.Message, StringComparison.Ordinal));
        Every.One(logs.Entries, entry => Assert.Equal(LogLevel.Debug, entry.Level));
    }

    [Fact]
    public async Task A_problem_is_printed_and_ends_it()
    {
        int exit = await RunAsync(Somewhere, _ => throw new StorageUnavailableException(StorageProblem.Missing, "There is no such database."));

        Assert.Equal((1, "There is no such database.\n", ""), (exit, _error.ToString(), _output.ToString()));
    }

    [Fact]
    public async Task A_role_that_does_not_count_yet_is_waited_for()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        int calls = 0;
        Task<int> run = SeedCommand.RunAsync(
            Somewhere, _ => ++calls < 3 ? throw Refused() : Task.FromResult<IReadOnlyList<CosmosSeedCount>>([]), _output, _error, clock, Ct);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal((0, 3), (await run, calls));
        Assert.Contains("role", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_never_assigned_is_not_waited_for_without_end()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMinutes(2) };
        Task<int> run = SeedCommand.RunAsync(Somewhere, _ => throw Refused(), _output, _error, clock, Ct);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(1, await run);
        Assert.EndsWith("No role.\n", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_before_anything_is_tried()
    {
        var settings = new CosmosSettings { AccountEndpoint = "http://contoso.documents.azure.com", DatabaseName = "a", MaintenanceRequestsContainerName = "b" };

        Assert.Equal(1, await RunAsync(settings, _ => throw new InvalidOperationException("Tried.")));
        Assert.Contains("AccountEndpoint is not the address of a Cosmos DB account", _error.ToString(), StringComparison.Ordinal);
    }

    private static StorageUnavailableException Refused() =>
        new(StorageProblem.Forbidden, "No role.", new CosmosException("No role.", HttpStatusCode.Forbidden, 5300, "", 0));

    private Task<int> RunAsync(CosmosSettings settings, Func<CancellationToken, Task<IReadOnlyList<CosmosSeedCount>>> plant) =>
        SeedCommand.RunAsync(settings, plant, _output, _error, TimeProvider.System, Ct);
}
