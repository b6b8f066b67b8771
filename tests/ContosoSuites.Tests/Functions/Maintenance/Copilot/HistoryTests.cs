using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Xunit;
using static ContosoSuites.Tests.Functions.Maintenance.Copilot.ScriptedModel;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>How much of a conversation the model is reminded of.</summary>
public sealed class HistoryTests
{
    private const int Budget = 600;

    [Fact]
    public async Task A_long_conversation_is_sent_within_the_budget_and_in_whole_turns()
    {
        bool calls = false;
        await using ScriptedModel model = await StartAsync(request =>
            (calls = !calls) ? Step.Use(Call.Hotels, Call.Similar(1, "A leak")) : Step.Say($"These are {request.GetProperty("messages").GetArrayLength()} messages."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model, ("Copilot:HistoryTokens", "2000"));
        Conversation talk = system.Talk();

        for (int i = 0; i < 12; i++)
        {
            await talk.SayAsync($"Tell me about leaks, part {i}.");
        }

        Every.One(model.Requests, Histories.AssertComplete);
        int[] sizes = [.. model.Requests.Select(request => request.GetProperty("messages").GetArrayLength())];
        Assert.True(sizes.Max() < 20, "Nothing was forgotten.");
        Every.One(model.Requests, request => Assert.InRange(request.GetProperty("messages").GetRawText().Length / 4, 1, 4000));
        Assert.Equal(12, (await system.StoredAsync(talk.Id!))!.Turns);
    }

    [Fact]
    public async Task A_draft_outlives_the_messages_that_led_to_it()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync(("Copilot:HistoryTokens", "500"));
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");
        for (int i = 0; i < 6; i++)
        {
            await talk.SayAsync($"By the way, what do you think of {new string('x', 200)}{i}?");
        }

        CopilotConversation stored = (await system.StoredAsync(talk.Id!))!;
        Assert.DoesNotContain(stored.Messages, message => message.Text.Contains("sink", StringComparison.Ordinal));

        CopilotAnswer saved = await talk.SayAsync("Yes, save it.");

        Assert.NotNull(saved.SavedRequestId);
        for (int i = 0; i < 6; i++)
        {
            await talk.SayAsync($"By the way, what do you think of {new string('x', 200)}{i}?");
        }

        Assert.Contains(saved.SavedRequestId, (await talk.SayAsync("What is the id of that request?")).Reply, StringComparison.Ordinal);
        Assert.Equal("510", Assert.Single(await system.MadeRequestsAsync()).GetProperty("room_number").GetString());
    }

    [Fact]
    public void Trimming_forgets_the_oldest_whole_turns_and_no_more_than_it_must()
    {
        // Each turn: how many calls it made, and how long its texts are.
        Gen<List<(int Calls, int Length)>> turns = Gen.Choose(0, 3).Zip(Gen.Choose(1, 1200)).ListOf(8).Where(list => list.Count > 0)
            .Select(list => list.ToList());
        Prop.ForAll(turns.ToArbitrary(), list =>
        {
            CopilotConversation conversation = Conversation(list);
            List<ChatMessage> before = [.. conversation.Messages];

            conversation.Trim(Budget);

            List<ChatMessage> kept = conversation.Messages;
            Assert.Equal(before.TakeLast(kept.Count), kept);
            Assert.Equal(ChatRole.User, kept[0].Role);
            int userMessages = kept.Count(message => message.Role == ChatRole.User);
            Assert.True(userMessages == 1 || CostOf(kept) <= Budget, "Over the budget with a turn to spare.");
            if (kept.Count < before.Count)
            {
                int lastForgotten = before.Take(before.Count - kept.Count).ToList().FindLastIndex(message => message.Role == ChatRole.User);
                Assert.True(CostOf(before[lastForgotten..]) > Budget, "A turn was forgotten that had room.");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20261122, 7));
    }

    [Fact]
    public void A_conversation_reads_back_as_it_was_written()
    {
        CopilotConversation conversation = Conversation([(2, 10), (0, 5)]);
        conversation.Turns = 2;
        conversation.Draft = new MaintenanceDraft("d1", 2, new() { HotelId = 1, Hotel = "Oceanview Inn", Source = "staff", Details = "نص \u0001 😀", RoomNumber = "1" });
        conversation.Saved.Add(new SavedDraft("d0", "r0"));

        var read = CopilotConversation.Deserialize(conversation.Serialize());

        Assert.Equal(conversation.Serialize(), read.Serialize());
        Assert.Equal(conversation.Draft, read.Draft);
        Assert.Equal(conversation.Saved, read.Saved);
        Assert.Equal(2, read.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Count());
    }

    private static CopilotConversation Conversation(IEnumerable<(int Calls, int Length)> turns)
    {
        var conversation = new CopilotConversation();
        foreach ((int calls, int length) in turns)
        {
            conversation.Messages.Add(new ChatMessage(ChatRole.User, new string('u', length)));
            for (int call = 0; call < calls; call++)
            {
                string id = $"call-{conversation.Messages.Count}";
                conversation.Messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(id, "f", new Dictionary<string, object?> { ["a"] = 1 })]));
                conversation.Messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, new string('r', length))]));
            }

            conversation.Messages.Add(new ChatMessage(ChatRole.Assistant, "Done."));
        }

        return conversation;
    }

    private static int CostOf(IEnumerable<ChatMessage> messages) =>
        messages.Sum(message => 4 + (JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions).Length / 4));
}
