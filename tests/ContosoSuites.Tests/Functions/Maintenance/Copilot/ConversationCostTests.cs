using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>What a conversation has cost so far is what its turns have cost.</summary>
public sealed class ConversationCostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_the_sum_of_the_turns_that_were_answered()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync(("AzureOpenAI:Prices", "gpt-5.4-mini=0.825/4.95"));
        Conversation talk = system.Talk();

        JsonElement first = await SayAsync(talk, "The sink is clogged in room 510 at Lago Sereno");
        await FailAsync(system, talk);
        JsonElement second = await SayAsync(talk, "It drips as well.");

        (long Prompt, long Completion) one = Tokens(first.GetProperty("usage"));
        (long Prompt, long Completion) two = Tokens(second.GetProperty("usage"));
        Assert.True(one.Prompt > 0 && two.Prompt > 0, $"{first}{second}");
        Assert.Equal(one, Tokens(first.GetProperty("conversationUsage")));
        Assert.Equal((one.Prompt + two.Prompt, one.Completion + two.Completion), Tokens(second.GetProperty("conversationUsage")));
        Every.One(
            [first.GetProperty("usage"), first.GetProperty("conversationUsage"), second.GetProperty("usage"), second.GetProperty("conversationUsage")],
            usage => Assert.Equal(((Tokens(usage).Prompt * 0.825m) + (Tokens(usage).Completion * 4.95m)) / 1_000_000, usage.GetProperty("cost").GetDecimal()));
    }

    [Fact]
    public async Task Without_a_price_the_tokens_are_told_and_no_cost()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();

        JsonElement usage = (await SayAsync(system.Talk(), "Hello")).GetProperty("conversationUsage");

        Assert.True(Tokens(usage).Prompt > 0, usage.ToString());
        Assert.Equal(JsonValueKind.Null, usage.GetProperty("cost").ValueKind);
    }

    [Fact]
    public async Task A_conversation_with_a_turn_whose_tokens_are_not_known_has_no_sum()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync(("AzureOpenAI:Prices", "gpt-5.4-mini=0.825/4.95"));
        Conversation talk = system.Talk();
        await SayAsync(talk, "The sink is clogged in room 510 at Lago Sereno");
        await ForgetUsageAsync(system, talk.Id!);

        JsonElement reply = await SayAsync(talk, "It drips as well.");

        Assert.NotEqual(JsonValueKind.Null, reply.GetProperty("usage").GetProperty("cost").ValueKind);
        Assert.Equal(JsonValueKind.Null, reply.GetProperty("conversationUsage").ValueKind);
    }

    private static (long Prompt, long Completion) Tokens(JsonElement usage) =>
        (usage.GetProperty("promptTokens").GetInt64(), usage.GetProperty("completionTokens").GetInt64());

    private static async Task<JsonElement> SayAsync(Conversation talk, string message)
    {
        using HttpResponseMessage response = await talk.SendAsync(message);
        Assert.True(response.IsSuccessStatusCode, await TestSystem.TextAsync(response));
        JsonElement reply = await TestSystem.JsonAsync(response);
        talk.Id = reply.GetProperty("conversationId").GetString();
        return reply;
    }

    private static async Task FailAsync(CopilotSystem system, Conversation talk)
    {
        foreach (ModelInstance instance in system.Local!.Instances)
        {
            await instance.SetFaultAsync(new StatusFault(400), Cancellation);
        }

        using (HttpResponseMessage response = await talk.SendAsync("It drips as well."))
        {
            Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        }

        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(null, Cancellation);
        }
    }

    /// <summary>Leaves the conversation as a version of the app that did not count has stored it.</summary>
    private static async Task ForgetUsageAsync(CopilotSystem system, string id)
    {
        IConversationStore store = system.Host.Worker.Services!.GetRequiredService<IConversationStore>();
        StoredConversation stored = (await store.GetAsync(id, Cancellation))!;
        var conversation = CopilotConversation.Deserialize(stored.Content);
        Assert.NotNull(conversation.Usage);
        conversation.Usage = null;
        Assert.True((await store.SaveAsync(id, conversation.Serialize(), stored.ETag, Cancellation)).Saved);
    }
}
