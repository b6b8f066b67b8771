using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ContosoSuites.Tests.Functions.Maintenance.Copilot.ScriptedModel;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>A turn that fails in the middle has not been: the same message again goes on, and nothing is saved twice.</summary>
public sealed class TurnFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, HttpStatusCode> Outages => new()
    {
        { "throttle", HttpStatusCode.TooManyRequests },
        { "refuse", HttpStatusCode.ServiceUnavailable },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task When_no_model_answers_the_message_can_be_sent_again(string kind, HttpStatusCode status)
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");
        string before = (await system.StoredAsync(talk.Id!))!.Serialize();
        await SetFaultsAsync(system, kind == "throttle" ? new ThrottleFault(TimeSpan.FromSeconds(1)) : new RefuseFault());

        foreach (string accept in (string[])["application/json", "text/plain", "text/event-stream"])
        {
            using HttpResponseMessage response = await talk.SendAsync("Yes, save it.", accept);
            await ProblemAssert.IsProblemAsync(response, status);
            Assert.Equal(talk.Id, response.Headers.GetValues("x-conversation-id").Single());
        }

        Assert.Equal(before, (await system.StoredAsync(talk.Id!))!.Serialize());
        Assert.Empty(await system.MadeRequestsAsync());

        await SetFaultsAsync(system, null);
        string? saved = null;
        while (saved is null)
        {
            // Until the breakers have closed again.
            using HttpResponseMessage response = await talk.SendAsync("Yes, save it.");
            saved = response.IsSuccessStatusCode ? (await CopilotAnswer.ReadAsync(response)).SavedRequestId : null;
        }

        Assert.Equal(saved, Assert.Single(await system.MadeRequestsAsync()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_request_saved_in_a_turn_that_then_fails_is_found_again(string accept)
    {
        await using ScriptedModel model = await StartAsync(
            Step.Use(Call.Draft(14, "The sink is clogged.", "510")), Step.Say("Shall I save it?"),
            Step.Use(Call.Save), Step.Fail(503),
            Step.Use(Call.Save), Step.Fail(429),
            Step.Use(Call.Save), Step.Say("Saved."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged.", accept == "text/event-stream" ? "application/json" : accept);

        using HttpResponseMessage first = await talk.SendAsync("Yes", accept);
        using HttpResponseMessage second = await talk.SendAsync("Yes", accept);
        CopilotAnswer third = await talk.SayAsync("Yes");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(third.SavedRequestId, Assert.Single(await system.MadeRequestsAsync()).GetProperty("id").GetString());
        Assert.Equal(2, (await system.StoredAsync(talk.Id!))!.Turns);
        Histories.AssertComplete(model.Requests.Last());
    }

    [Theory]
    [InlineData(nameof(IMaintenanceRequestStore.CreateAsync), 0)]
    [InlineData(nameof(IConversationStore.SaveAsync), 1)]
    public async Task When_the_store_fails_while_saving_the_answer_says_so_and_the_next_attempt_saves_once(string method, int savedMeanwhile)
    {
        bool isDown = false;
        Exception? Fail(string called) => isDown && called == method ? new StorageUnavailableException(StorageProblem.Full, "The disk is full.") : null;
        await using CopilotSystem system = await CopilotSystem.StartAsync(null, services =>
        {
            services.AddSingleton(s => Interruption.Of<IMaintenanceRequestStore>(ActivatorUtilities.CreateInstance<SqliteMaintenanceRequestStore>(s), Fail));
            services.AddSingleton(s => Interruption.Of<IConversationStore>(ActivatorUtilities.CreateInstance<SqliteConversationStore>(s), Fail));
        });
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");
        string before = (await system.StoredAsync(talk.Id!))!.Serialize();

        isDown = true;
        foreach (string accept in (string[])["application/json", "text/plain"])
        {
            using HttpResponseMessage response = await talk.SendAsync("Yes, save it.", accept);
            await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable, "store");
        }

        await AssertNeverDoneAsync(talk);
        Assert.Equal(before, (await system.StoredAsync(talk.Id!))!.Serialize());
        Assert.Equal(savedMeanwhile, (await system.MadeRequestsAsync()).Length);

        isDown = false;
        string? saved = (await talk.SayAsync("Yes, save it.")).SavedRequestId;
        Assert.Equal(saved, Assert.Single(await system.MadeRequestsAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task When_similar_requests_can_not_be_looked_for_the_report_goes_on()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync(("AzureOpenAI:EmbeddingDeploymentName", "none-such"));

        CopilotAnswer saved = await system.Talk().SayAllAsync("The sink is clogged in room 510 at Lago Sereno", "Yes");

        JsonElement request = Assert.Single(await system.MadeRequestsAsync());
        Assert.Equal(saved.SavedRequestId, request.GetProperty("id").GetString());
        Assert.False(request.GetProperty("embedded").GetBoolean());
    }

    /// <summary>A stream either never starts, or ends in an error: it does not say that it is done.</summary>
    private static async Task AssertNeverDoneAsync(Conversation talk)
    {
        using HttpResponseMessage response = await talk.SendAsync("Yes, save it.", "text/event-stream");
        if (response.IsSuccessStatusCode)
        {
            List<(string Name, JsonElement Data)> events = await ServerSentEvents.ReadAsync(response);
            Assert.Equal("error", events[^1].Name);
            Assert.Equal(503, events[^1].Data.GetProperty("status").GetInt32());
            Assert.DoesNotContain(events, e => e.Name == "done");
        }
        else
        {
            await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable, "store");
        }
    }

    private static async Task SetFaultsAsync(CopilotSystem system, ModelFault? fault)
    {
        foreach (ModelInstance instance in system.Local!.Instances)
        {
            await instance.SetFaultAsync(fault, Cancellation);
        }
    }
}
