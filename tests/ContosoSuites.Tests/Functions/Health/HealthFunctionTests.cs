using System.Net;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Functions.Health;

/// <summary>GET api/health.</summary>
public sealed class HealthFunctionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_what_is_reachable_and_what_to_check()
    {
        await using TestSystem system = await TestSystem.StartAsync();

        using HttpResponseMessage healthy = await system.App.GetAsync("health", Cancellation);
        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
        JsonElement report = await TestSystem.JsonAsync(healthy);
        Assert.Equal("Healthy", report.GetProperty("status").GetString());
        Assert.Equal("Healthy", report.GetProperty("checks").GetProperty("apiManagement").GetProperty("status").GetString());

        await system.Local.Gateway.DisposeAsync();

        using HttpResponseMessage unhealthy = await system.App.GetAsync("health", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unhealthy.StatusCode);
        JsonElement check = (await TestSystem.JsonAsync(unhealthy)).GetProperty("checks").GetProperty("apiManagement");
        Assert.Equal("Unhealthy", check.GetProperty("status").GetString());
        Assert.Contains("ApiManagement:Endpoint", check.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_no_model_call()
    {
        await using TestSystem system = await TestSystem.StartAsync();

        using HttpResponseMessage response = await system.App.GetAsync("health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Every.One(system.Local.Instances, instance => Assert.Equal(0, instance.Counters.Snapshot().Count()));
    }
}
