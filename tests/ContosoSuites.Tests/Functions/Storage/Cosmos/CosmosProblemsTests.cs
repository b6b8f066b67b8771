using System.Net;
using System.Text;
using Azure.Identity;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>What the account answers, through the real SDK, comes out as what to do about it.</summary>
public sealed class CosmosProblemsTests(CosmosEmulator emulator) : IClassFixture<CosmosEmulator>, IAsyncLifetime
{
    private readonly CosmosFaults _faults = new();
    private CosmosClient _client = null!;
    private CosmosSettings _settings = null!;
    private StoresUnderTest _stores = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = await emulator.ConnectAsync(_faults);
        _settings = await emulator.CreateDatabaseAsync(_client);
        CosmosDatabase database = CosmosStores.Open(_client, _settings);
        await CosmosSeed.PlantAsync(database, Ct);
        _stores = Create(_settings);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static HttpResponseMessage Answer(int status, int substatus, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent("""{"code":"Fault","message":"What the service says."}""", Encoding.UTF8, "application/json"),
        };
        response.Headers.Add("x-ms-substatus", $"{substatus}");
        foreach ((string name, string value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return response;
    }

    [Theory]
    [InlineData(401, 0, StorageProblem.Forbidden, "tenant")]
    [InlineData(403, 5300, StorageProblem.Forbidden, "Cosmos DB Built-in Data Contributor")]
    [InlineData(404, 1003, StorageProblem.Missing, "CosmosDB:DatabaseName")]
    [InlineData(429, 3200, StorageProblem.Throttled, "at once")]
    [InlineData(500, 0, StorageProblem.Unreachable, "CosmosDB:AccountEndpoint")]
    [InlineData(503, 0, StorageProblem.Unreachable, "CosmosDB:AccountEndpoint")]
    public async Task An_error_of_the_account_says_what_to_do(int status, int substatus, StorageProblem problem, string help)
    {
        _faults.Answer = request => IsDocument(request) ? Answer(status, substatus, ("x-ms-retry-after-ms", "10")) : null;

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Hotels.GetHotelAsync(1, Ct));
        StorageUnavailableException probed = await Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Probe.CheckAsync(Ct));

        Assert.Equal((problem, problem), (refused.Problem, probed.Problem));
        Assert.Contains(help, refused.Message, StringComparison.Ordinal);
        Assert.Contains(emulator.Endpoint, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);

        _faults.Answer = _ => null;
        Assert.NotNull(await _stores.Hotels.GetHotelAsync(1, Ct));
    }

    [Fact]
    public async Task A_throttled_call_is_tried_again_by_the_sdk()
    {
        int left = 3;
        _faults.Answer = request => IsDocument(request) && left-- > 0 ? Answer(429, 3200, ("x-ms-retry-after-ms", "1")) : null;

        Assert.NotNull(await _stores.Hotels.GetHotelAsync(1, Ct));
        Assert.Equal(-1, left);
    }

    [Fact]
    public async Task A_container_with_another_partition_key_is_named_as_such()
    {
        _faults.Answer = request => request.Method == HttpMethod.Post && IsDocument(request) ? Answer(400, 1001) : null;

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Conversations.SaveAsync("a", "b", null, Ct));

        Assert.Equal(StorageProblem.Misconfigured, refused.Problem);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_its_setting()
    {
        StoresUnderTest nowhere = Create(new CosmosSettings { AccountEndpoint = emulator.Endpoint, DatabaseName = "Nowhere", MaintenanceRequestsContainerName = "Requests" });

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => nowhere.Hotels.GetHotelAsync(1, Ct));

        Assert.Equal(StorageProblem.Missing, refused.Problem);
        Assert.Contains("Nowhere (CosmosDB:DatabaseName)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Requests (CosmosDB:MaintenanceRequestsContainerName)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_named_with_its_setting()
    {
        _faults.Answer = _ => throw new HttpRequestException("Name or service not known");

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Hotels.GetHotelAsync(1, Ct));

        Assert.Equal(StorageProblem.Unreachable, refused.Problem);
    }

    [Fact]
    public async Task Without_a_token_it_says_how_to_sign_in()
    {
        _faults.Answer = request => IsDocument(request) ? throw new CredentialUnavailableException("Please run 'az login'.") : null;

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Hotels.GetHotelAsync(1, Ct));

        Assert.Equal(StorageProblem.Forbidden, refused.Problem);
        Assert.Contains("az login", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_larger_than_an_item_can_be_is_said_to_be()
    {
        _faults.Answer = request => request.Method == HttpMethod.Post && IsDocument(request) ? Answer(413, 0) : null;

        await Assert.ThrowsAsync<ItemTooLargeException>(() => _stores.Conversations.SaveAsync("a", "b", null, Ct));
    }

    [Fact]
    public async Task A_container_without_a_vector_policy_is_no_place_to_search()
    {
        await _client.GetDatabase(_settings.DatabaseName).CreateContainerAsync(new ContainerProperties("Plain", "/hotel_id"), cancellationToken: Ct);
        StoresUnderTest plain = Create(new CosmosSettings { AccountEndpoint = emulator.Endpoint, DatabaseName = _settings.DatabaseName, MaintenanceRequestsContainerName = "Plain" });

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => plain.Requests.SearchAsync(new float[] { 1 }, 1, 0, Ct));

        Assert.Equal(StorageProblem.Misconfigured, refused.Problem);
        Assert.Contains("CosmosDB:MaintenanceRequestsContainerName", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_whose_storing_broke_off_after_its_key_is_stored_by_the_repetition()
    {
        var report = new NewMaintenanceRequest { HotelId = 2, Hotel = "The Grand Regency", Source = "staff", Details = "The tap drips." };
        _faults.Answer = request => request.Method == HttpMethod.Post && !IsQuery(request) && request.RequestUri!.AbsolutePath.Contains("/MaintenanceRequests/docs", StringComparison.Ordinal)
            ? Answer(403, 5300)
            : null;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Requests.CreateAsync(report, "key", Ct));
        _faults.Answer = _ => null;

        CreateResult again = await _stores.Requests.CreateAsync(report, "key", Ct);
        CreateResult other = await _stores.Requests.CreateAsync(report with { HotelId = 3 }, "key", Ct);

        Assert.Equal((CreateOutcome.AlreadyStored, CreateOutcome.KeyStandsForOther), (again.Outcome, other.Outcome));
        Assert.Equal(again.Request, await _stores.Requests.GetAsync(again.Request.Id, Ct));
        Assert.Equal(61, (await _stores.Requests.ListAsync(new() { PageSize = 100 }, Ct)).Requests.Count);
    }

    [Fact]
    public async Task A_key_is_free_again_when_its_request_is_deleted()
    {
        var report = new NewMaintenanceRequest { HotelId = 2, Hotel = "The Grand Regency", Source = "staff", Details = "The tap drips." };
        CreateResult first = await _stores.Requests.CreateAsync(report, "key", Ct);
        Assert.True(await _stores.Requests.DeleteAsync(first.Request.Id, Ct));

        CreateResult second = await _stores.Requests.CreateAsync(report, "key", Ct);

        Assert.Equal(CreateOutcome.Created, second.Outcome);
        Assert.NotEqual(first.Request.Id, second.Request.Id);
    }

    private static bool IsDocument(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal);

    private static bool IsQuery(HttpRequestMessage request) => request.Headers.Contains("x-ms-documentdb-isquery");

    private StoresUnderTest Create(CosmosSettings settings) =>
        CosmosStores.Create(CosmosStores.Open(_client, settings), settings, new FakeTimeProvider(), new NoOwner());

    private sealed class NoOwner : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
