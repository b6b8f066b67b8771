using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>Without models everything that needs none goes on, and what waits for them is made up for without a restart.</summary>
public sealed class ModelOutageTests
{
    private static readonly object Report = new { hotel_id = 2, source = "customer", details = "The microwave is not working.", room_number = "205" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_failing_instance_is_not_noticed()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        await system.Local.Instances[0].SetFaultAsync(new StatusFault(500), Cancellation);

        for (int i = 0; i < 4; i++)
        {
            Assert.True((await system.App.StoreAsync(Report)).Embedded);
        }

        Assert.Equal(4, (await system.App.SearchAsync(await system.App.VectorizeAsync("microwave not working"), "?minimum_similarity_score=0")).Count);
    }

    [Fact]
    public async Task With_all_instances_failing_requests_are_stored_all_the_same()
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:MaxRetryWaitSeconds", "0"));
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(new StatusFault(503), Cancellation);
        }

        MaintenanceRequest stored = await system.App.StoreAsync(Report);

        Assert.False(stored.Embedded);
        await AssertWorksWithoutModelsAsync(system, stored);
    }

    [Fact]
    public async Task A_gateway_that_was_down_is_used_again_when_it_is_back()
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:MaxRetryWaitSeconds", "0"));
        int port = system.Local.Gateway.Endpoint.Port;
        await system.Local.Gateway.DisposeAsync();
        using var down = new HeldPort(port);

        MaintenanceRequest stored = await system.App.StoreAsync(Report);

        Assert.False(stored.Embedded);
        await AssertWorksWithoutModelsAsync(system, stored);
        using (HttpResponseMessage health = await system.App.GetAsync("health", Cancellation))
        {
            JsonElement checks = (await TestSystem.JsonAsync(health)).GetProperty("checks");
            Assert.Equal("Unhealthy", checks.GetProperty("apiManagement").GetProperty("status").GetString());
            Assert.Equal("Healthy", checks.GetProperty("storage").GetProperty("status").GetString());
        }

        down.Dispose();
        await using GatewayServer gateway = await LocalGateway.StartAsync(
            new LocalSystemOptions { AppSettings = new Dictionary<string, string?>(), GatewayPort = port },
            system.Local.Instances.ToDictionary(instance => instance.Name, instance => new BackendAddress(new Uri(instance.Endpoint, "openai"))),
            Cancellation);
        await system.EmbedPendingAsync();

        List<SimilarMaintenanceRequest> found = await system.App.SearchAsync(await system.App.VectorizeAsync("microwave not working at Grand Regency"), "?minimum_similarity_score=0");
        Assert.Equal(stored.Details, found[0].Details);
    }

    private static async Task AssertWorksWithoutModelsAsync(TestSystem system, MaintenanceRequest stored)
    {
        using HttpResponseMessage vector = await system.App.GetAsync("Vectorize?text=leak", Cancellation);
        await ProblemAssert.IsProblemAsync(vector, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(stored, (await system.App.ListAsync("MaintenanceRequests?page_size=1")).Items.Single());
        using HttpResponseMessage hotels = await system.App.GetAsync("Hotels", Cancellation);
        Assert.Equal(HttpStatusCode.OK, hotels.StatusCode);
    }
}
