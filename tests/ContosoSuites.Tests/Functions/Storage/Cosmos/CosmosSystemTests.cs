using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Tests.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>What callers see of the app when its store is Cosmos DB.</summary>
public sealed class CosmosSystemTests(CosmosEmulator emulator) : IClassFixture<CosmosEmulator>
{
    private readonly CosmosFaults _faults = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_stored_listed_and_the_store_is_healthy()
    {
        await using CosmosSystem system = await CosmosSystem.StartAsync(emulator, _faults);

        var stored = await system.App.StoreAsync(new { hotel_id = 2, source = "staff", details = "The tap drips." });

        Assert.Contains(stored, await system.App.ListAllAsync("?hotel_id=2&page_size=3"));
        Assert.Equal(14, (await system.App.GetFromJsonAsync<JsonElement>("Hotels", Ct)).GetArrayLength());
        Assert.NotEqual(0, (await system.App.GetFromJsonAsync<JsonElement>("Hotels/1/Bookings", Ct)).GetArrayLength());
        (HttpStatusCode _, string status, string description) = await HealthAsync(system);
        Assert.Equal("Healthy", status);
        Assert.Contains("cosmos", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttled_beyond_the_retries_callers_are_told_when_to_come_again()
    {
        await using CosmosSystem system = await CosmosSystem.StartAsync(emulator, _faults);
        _faults.Answer = request => IsDocument(request) ? CosmosProblemsTests.Answer(429, 3200, ("x-ms-retry-after-ms", "45000")) : null;

        using HttpResponseMessage refused = await system.App.PostRequestAsync(new { hotel_id = 2, source = "staff", details = "The tap drips." });

        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store", "Nothing of this request was stored");
        Assert.Equal("45", refused.Headers.RetryAfter!.ToString());
    }

    [Fact]
    public async Task Without_permission_health_says_so_and_the_log_names_role_and_identity()
    {
        await using CosmosSystem system = await CosmosSystem.StartAsync(emulator, _faults, ("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555"));
        _faults.Answer = request => IsDocument(request) ? CosmosProblemsTests.Answer(403, 5300) : null;

        using HttpResponseMessage refused = await system.App.GetAsync("Hotels", Ct);
        (HttpStatusCode code, string status, string description) = await HealthAsync(system);

        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (code, status));
        Assert.Contains("Forbidden", description, StringComparison.Ordinal);
        Assert.Contains(system.Logs.Entries, entry =>
            entry.Message.Contains("Cosmos DB Built-in Data Contributor", StringComparison.Ordinal)
            && entry.Message.Contains("11111111-2222-3333-4444-555555555555", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_with_vectors_of_another_length_than_the_containers_is_named()
    {
        await using CosmosSystem system = await CosmosSystem.StartAsync(emulator, _faults, ("Embeddings:Dimensions", "3"));

        using HttpResponseMessage refused = await system.App.PostAsJsonAsync("VectorSearch", Enumerable.Repeat(1f, 3), Ct);
        (HttpStatusCode _, string status, string description) = await HealthAsync(system);

        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store");
        Assert.Equal("Degraded", status);
        Assert.Contains("1536 numbers, and Embeddings:Dimensions is 3", description, StringComparison.Ordinal);
        Assert.Contains(system.Logs.Entries, entry => entry.Message.Contains("1536 numbers, and Embeddings:Dimensions is 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_too_large_is_the_callers_to_make_smaller()
    {
        await using CosmosSystem system = await CosmosSystem.StartAsync(emulator, _faults);
        _faults.Answer = request => request.Method == HttpMethod.Post && IsDocument(request) ? CosmosProblemsTests.Answer(413, 0) : null;

        using HttpResponseMessage refused = await system.App.PostRequestAsync(new { hotel_id = 2, source = "staff", details = "The tap drips." });

        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.RequestEntityTooLarge, "one piece");
    }

    private static bool IsDocument(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Code, string Status, string Description)> HealthAsync(CosmosSystem system)
    {
        using HttpResponseMessage health = await system.App.GetAsync("health", Ct);
        JsonElement check = (await TestSystem.JsonAsync(health)).GetProperty("checks").GetProperty("storage");
        return (health.StatusCode, check.GetProperty("status").GetString()!, check.GetProperty("description").GetString()!);
    }
}
