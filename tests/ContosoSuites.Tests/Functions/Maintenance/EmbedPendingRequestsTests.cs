using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance;

/// <summary>The timer that embeds what could not be embedded when it was stored.</summary>
public sealed class EmbedPendingRequestsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_the_sample_requests_findable()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        float[] query = await system.App.VectorizeAsync("leak");
        Assert.Empty(await system.App.SearchAsync(query, "?minimum_similarity_score=-1"));

        await system.EmbedPendingAsync();

        List<MaintenanceRequest> all = await system.App.ListAllAsync();
        Assert.Equal(all.Count, (await system.App.SearchAsync(query, "?minimum_similarity_score=-1")).Count);
    }

    [Fact]
    public async Task Goes_on_to_the_next_page()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        var store = system.Local.App!.Worker.Services!.GetRequiredService<IMaintenanceRequestStore>();
        for (int i = 0; i < 50; i++)
        {
            await store.CreateAsync(
                new NewMaintenanceRequest { HotelId = 1, Hotel = "Oceanview Inn", Source = "staff", Details = $"Lamp {i} is broken." }, cancellationToken: Cancellation);
        }

        Assert.NotNull((await store.ListPendingAsync(100, cancellationToken: Cancellation)).ContinuationToken);
        await system.EmbedPendingAsync();

        Assert.Empty((await store.ListPendingAsync(100, cancellationToken: Cancellation)).Requests);
    }

    [Fact]
    public async Task Catches_up_with_what_was_reported_while_the_models_were_down()
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:MaxRetryWaitSeconds", "0"));
        await SetFaultsAsync(system, new RefuseFault());

        MaintenanceRequest stored = await system.App.StoreAsync(new { hotel_id = 2, source = "customer", details = "The microwave is not working.", room_number = "205" });

        Assert.False(stored.Embedded);
        Assert.Equal(stored, (await system.App.ListAsync("MaintenanceRequests?page_size=1")).Items.Single());

        await SetFaultsAsync(system, null);
        await system.EmbedPendingAsync();

        float[] query = await system.App.VectorizeAsync("microwave not working at Grand Regency");
        Assert.Equal(stored.Details, (await system.App.SearchAsync(query, "?minimum_similarity_score=0"))[0].Details);
    }

    [Fact]
    public async Task Makes_one_model_call_a_request()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        int pending = (await system.App.ListAllAsync()).Count;

        await system.EmbedPendingAsync();

        Assert.Equal(pending, system.Local.Instances.Sum(instance => instance.Counters.Snapshot().Count(status: 200)));
    }

    [Fact]
    public async Task Stops_at_the_first_call_that_fails_and_does_the_rest_at_the_next_run()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        await SetFaultsAsync(system, new StatusFault(403));

        Assert.Contains("ApiManagement:ApiKey", await RunAsync(system), StringComparison.Ordinal);
        Assert.Equal(1, Calls(system, 403));
        Every.One(await system.App.ListAllAsync(), request => Assert.False(request.Embedded));

        await SetFaultsAsync(system, null);
        await system.EmbedPendingAsync();
        Assert.Equal(1, Calls(system, 403));
    }

    [Fact]
    public async Task Passes_by_a_text_that_the_model_refuses()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        int pending = (await system.App.ListAllAsync()).Count;
        await SetFaultsAsync(system, new StatusFault(400));

        Assert.Null(await RunAsync(system));

        Assert.Equal(pending, Calls(system, 400));
        Every.One(await system.App.ListAllAsync(), request => Assert.False(request.Embedded));
    }

    /// <summary>Runs the timer to its end; what it failed with, or null.</summary>
    private static Task<string?> RunAsync(TestSystem system) => system.Local.App!.RunTimerAsync("EmbedPendingRequests");

    private static long Calls(TestSystem system, int status) =>
        system.Local.Instances.Sum(instance => instance.Counters.Snapshot().Count(status: status));

    private static async Task SetFaultsAsync(TestSystem system, ModelFault? fault)
    {
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(fault, Cancellation);
        }
    }
}
