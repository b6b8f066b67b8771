using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.Extensions.AI;
using Xunit;
using static ContosoSuites.Tests.Functions.Maintenance.Copilot.ScriptedModel;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>Many messages at once, in one conversation and in many.</summary>
public sealed class ConcurrentTurnTests
{
    [Fact]
    public async Task Of_two_messages_at_once_none_is_lost()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        Conversation talk = system.Talk();
        await talk.SayAsync("Hello");

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => talk.SendAsync($"Message number {i}, please.")));

        CopilotConversation stored = (await system.StoredAsync(talk.Id!))!;
        string[] kept = [.. stored.Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text)];
        int answered = 0;
        foreach ((int i, HttpResponseMessage response) in responses.Index())
        {
            if (response.StatusCode == HttpStatusCode.OK)
            {
                answered++;
                Assert.Contains($"number {i},", (await CopilotAnswer.ReadAsync(response)).Reply, StringComparison.Ordinal);
                Assert.Single(kept, text => text == $"Message number {i}, please.");
            }
            else
            {
                await ProblemAssert.IsProblemAsync(response, HttpStatusCode.Conflict, "at once");
                Assert.DoesNotContain($"Message number {i}, please.", kept);
            }

            response.Dispose();
        }

        Assert.True(answered > 0, "Everybody lost.");
        Assert.Equal(1 + answered, stored.Turns);
    }

    [Fact]
    public async Task The_same_approval_twice_at_once_saves_once()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => talk.SendAsync("Yes, save it.")));

        string id = Assert.Single(await system.MadeRequestsAsync()).GetProperty("id").GetString()!;
        foreach (HttpResponseMessage response in responses)
        {
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Assert.Contains(id, (await CopilotAnswer.ReadAsync(response)).Reply, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            }

            response.Dispose();
        }

        Assert.Equal(id, Assert.Single((await system.StoredAsync(talk.Id!))!.Saved).RequestId);
    }

    [Fact]
    public async Task A_message_written_before_a_draft_was_shown_does_not_approve_it()
    {
        // "Save it" is under way when the draft's turn comes in between; taken again after that, it meets a draft.
        var draftIsStored = new TaskCompletionSource();
        var saveHasBegun = new TaskCompletionSource();
        int saves = 0;
        await using ScriptedModel model = await StartAsync(async request =>
        {
            JsonElement[] messages = [.. request.GetProperty("messages").EnumerateArray()];
            string last = messages.Last(message => message.GetProperty("role").GetString() == "user").GetProperty("content").GetString()!;
            bool hasCalled = messages[^1].GetProperty("role").GetString() == "tool";
            switch (last)
            {
                case "Draft" when !hasCalled:
                    return Step.Use(Call.Draft(14, "The sink is clogged.", "510"));
                case "Save" when Interlocked.Increment(ref saves) == 1:
                    saveHasBegun.SetResult();
                    await draftIsStored.Task;
                    return Step.Say("There is no draft.");
                case "Save" when !hasCalled:
                    return Step.Use(Call.Save);
                default:
                    return Step.Say("Done.");
            }
        });
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();
        await talk.SayAsync("Hello");

        Task<CopilotAnswer> save = talk.SayAsync("Save");
        await saveHasBegun.Task;
        await talk.SayAsync("Draft");
        draftIsStored.SetResult();

        Assert.Null((await save).SavedRequestId);
        Assert.Equal(3, saves);
        Assert.Empty(await system.MadeRequestsAsync());

        Assert.NotNull((await talk.SayAsync("Save")).SavedRequestId);
    }

    [Fact]
    public async Task A_stream_that_lost_ends_in_a_conflict_and_not_in_done()
    {
        var otherIsDone = new TaskCompletionSource();
        var streamHasBegun = new TaskCompletionSource();
        await using ScriptedModel model = await StartAsync(async request =>
        {
            if (request.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString() == "Slow")
            {
                streamHasBegun.SetResult();
                await otherIsDone.Task;
            }

            return Step.Say("Here I am.");
        });
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();
        await talk.SayAsync("Hello");

        Task<HttpResponseMessage> slow = talk.SendAsync("Slow", "text/event-stream");
        await streamHasBegun.Task;
        await talk.SayAsync("Fast");
        otherIsDone.SetResult();

        using HttpResponseMessage response = await slow;
        List<(string Name, JsonElement Data)> events = await ServerSentEvents.ReadAsync(response);
        Assert.Equal("error", events[^1].Name);
        Assert.Equal(409, events[^1].Data.GetProperty("status").GetInt32());
        Assert.DoesNotContain(events, e => e.Name == "done");
    }

    [Fact]
    public async Task Two_hundred_conversations_do_not_mix()
    {
        const int Conversations = 200;
        string[] hotels = ["Oceanview Inn", "The Grand Regency", "Linden Court", "Villa Belcolle", "Lago Sereno"];
        await using CopilotSystem system = await CopilotSystem.StartAsync();

        string[] ids = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(async i =>
        {
            Conversation talk = system.Talk();
            string[] facts = [$"It is in room {1000 + i}.", $"Lamp number L{i} flickers.", $"The hotel is {hotels[i % hotels.Length]}."];
            new Random(i).Shuffle(facts);
            CopilotAnswer draft = await talk.SayAllAsync(["I need a maintenance request.", .. facts]);
            Assert.Contains($"{1000 + i}", draft.Reply, StringComparison.Ordinal);
            CopilotAnswer saved = await talk.SayAsync("Yes, save it.");
            Assert.NotNull(saved.SavedRequestId);
            return $"{saved.SavedRequestId} {1000 + i} Lamp number L{i} flickers. {hotels[i % hotels.Length]}";
        }));

        IEnumerable<string> stored = (await system.MadeRequestsAsync()).Select(request => string.Join(
            ' ',
            request.GetProperty("id").GetString(),
            request.GetProperty("room_number").GetString(),
            request.GetProperty("details").GetString(),
            request.GetProperty("hotel").GetString()));
        Assert.Equal(ids.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }
}
