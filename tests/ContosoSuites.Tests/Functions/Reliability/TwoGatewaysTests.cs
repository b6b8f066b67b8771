using System.Net;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>The app over two gateways that take turns request by request: within a conversation, and within a turn of it.</summary>
public sealed class TwoGatewaysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_conversation_goes_through_both(string accept)
    {
        using var log = new RecordingLog();
        using var otherLog = new RecordingLog();
        var options = new LocalSystemOptions { AppSettings = SampleSettings.Read(), StartApp = false, RequestLog = log };
        await using LocalSystem local = await LocalSystem.StartAsync(options, Cancellation);
        await using GatewayServer other = await LocalGateway.StartAsync(
            options with { RequestLog = otherLog },
            local.Instances.ToDictionary(instance => instance.Name, instance => new BackendAddress(new Uri(instance.Endpoint, "openai"))),
            Cancellation);
        await using FrontDoor door = await FrontDoor.StartAsync(local.Gateway.Endpoint, other.Endpoint);
        await using CopilotSystem system = await CopilotSystem.StartAsync(door.Endpoint, null);

        // One gateway learns of a failure in the first turn, the other one on its own.
        await local.Instances[0].SetFaultAsync(new StatusFault(500), Cancellation);
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno", accept);
        await local.Instances[0].SetFaultAsync(null, Cancellation);
        CopilotAnswer saved = await talk.SayAsync("Yes, save it.", accept);

        JsonElement request = Assert.Single(await system.MadeRequestsAsync());
        Assert.Equal(saved.SavedRequestId, request.GetProperty("id").GetString());
        Every.One(log.Records.Concat(otherLog.Records), record => Assert.Equal((int)HttpStatusCode.OK, record.ResponseCode));
        Assert.InRange(log.Records.Count, 2, 20);
        Assert.InRange(otherLog.Records.Count - log.Records.Count, -1, 0);
    }

    [Fact]
    public async Task When_one_finds_nobody_the_app_comes_back_and_is_served_by_the_other()
    {
        var options = new LocalSystemOptions { AppSettings = SampleSettings.Read(), StartApp = false };
        await using LocalSystem local = await LocalSystem.StartAsync(options, Cancellation);
        await using GatewayServer other = await LocalGateway.StartAsync(
            options, local.Instances.ToDictionary(instance => instance.Name, instance => new BackendAddress(new Uri(instance.Endpoint, "openai"))), Cancellation);
        foreach (var instance in local.Instances)
        {
            await instance.SetFaultAsync(new ThrottleFault(TimeSpan.FromSeconds(1)) { Requests = 1 }, Cancellation);
        }

        await using FrontDoor door = await FrontDoor.StartAsync(local.Gateway.Endpoint, other.Endpoint);
        await using CopilotSystem system = await CopilotSystem.StartAsync(door.Endpoint, null, ("ApiManagement:MaxRetryWaitSeconds", "1"));

        // The app waits as long as Retry-After says, on a clock that the test moves.
        var answer = system.Talk().SayAsync("The sink is clogged in room 510 at Lago Sereno");
        await Wait.WhileMovingAsync(answer, system.Time, TimeSpan.FromMilliseconds(200));

        Assert.NotEmpty((await answer).Reply);
        Every.One(local.Instances, instance => Assert.Equal(1, instance.Counters.Snapshot().Count(status: 429)));
    }
}
