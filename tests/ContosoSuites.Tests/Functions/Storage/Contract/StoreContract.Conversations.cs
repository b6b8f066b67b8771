using ContosoSuites.Functions.Maintenance.Copilot;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_conversation_goes_on_from_turn_to_turn()
    {
        Assert.Null(await Conversations.GetAsync("a", Ct));
        ConversationSave first = await Conversations.SaveAsync("a", "one", expectedETag: null, Ct);
        Assert.True(first.Saved);
        Assert.Equal(new StoredConversation("a", "one", first.ETag, Clock.GetUtcNow()), await Conversations.GetAsync("a", Ct));

        Clock.Advance(TimeSpan.FromMinutes(5));
        ConversationSave second = await Conversations.SaveAsync("a", "two", first.ETag, Ct);
        Assert.True(second.Saved);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(new StoredConversation("a", "two", second.ETag, Clock.GetUtcNow()), await Conversations.GetAsync("a", Ct));
    }

    [Fact]
    public async Task The_secret_is_made_once_and_is_no_conversation()
    {
        byte[][] secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Conversations.GetSecretAsync(Ct))));

        Assert.Equal(IConversationStore.SecretLength, secrets[0].Length);
        Assert.NotEqual(new byte[IConversationStore.SecretLength], secrets[0]);
        Every.One(secrets, secret => Assert.Equal(secrets[0], secret));
        Clock.Advance(StoredConversation.Lifetime * 2);
        Assert.Equal(0, await Conversations.PurgeExpiredAsync(Ct));
        Assert.Equal(secrets[0], await Conversations.GetSecretAsync(Ct));
    }

    [Fact]
    public async Task A_turn_that_started_from_a_former_state_is_refused()
    {
        ConversationSave first = await Conversations.SaveAsync("a", "one", expectedETag: null, Ct);
        ConversationSave second = await Conversations.SaveAsync("a", "two", first.ETag, Ct);

        Assert.False((await Conversations.SaveAsync("a", "late", first.ETag, Ct)).Saved);
        Assert.False((await Conversations.SaveAsync("a", "as new", expectedETag: null, Ct)).Saved);
        Assert.False((await Conversations.SaveAsync("a", "wrong", "' OR 1=1 --", Ct)).Saved);
        Assert.False((await Conversations.SaveAsync("b", "never begun", first.ETag, Ct)).Saved);

        Assert.Equal(("two", second.ETag), ((await Conversations.GetAsync("a", Ct))!.Content, (await Conversations.GetAsync("a", Ct))!.ETag));
        Assert.Null(await Conversations.GetAsync("b", Ct));
    }

    [Fact]
    public async Task Of_turns_at_once_one_wins()
    {
        string? tag = null;
        for (int round = 0; round < 5; round++)
        {
            string? from = tag;
            ConversationSave[] saves = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(i => Task.Run(() => Conversations.SaveAsync("a", $"{round}/{i}", from, Ct))));

            int winner = Array.FindIndex(saves, save => save.Saved);
            Assert.Single(saves, save => save.Saved);
            tag = saves[winner].ETag;
            Assert.Equal($"{round}/{winner}", (await Conversations.GetAsync("a", Ct))!.Content);
        }
    }

    [Fact]
    public async Task Conversations_at_once_do_not_mix()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            string id = $"conversation {i}";
            string content = "";
            string? tag = null;
            for (int turn = 0; turn < 3; turn++)
            {
                content += $"[{i}:{turn}]";
                ConversationSave save = await Conversations.SaveAsync(id, content, tag, Ct);
                tag = Assert.IsType<string>(save.ETag);
                Assert.Equal(content, (await Conversations.GetAsync(id, Ct))!.Content);
            }
        })));
    }

    [Fact]
    public async Task A_conversation_ends_a_day_after_its_last_turn()
    {
        ConversationSave first = await Conversations.SaveAsync("a", "one", expectedETag: null, Ct);
        Clock.Advance(TimeSpan.FromHours(20));
        ConversationSave second = await Conversations.SaveAsync("a", "two", first.ETag, Ct);

        Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(await Conversations.GetAsync("a", Ct));

        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await Conversations.GetAsync("a", Ct));
        Assert.False((await Conversations.SaveAsync("a", "too late", second.ETag, Ct)).Saved);

        ConversationSave anew = await Conversations.SaveAsync("a", "anew", expectedETag: null, Ct);
        Assert.True(anew.Saved);
        Assert.False((await Conversations.SaveAsync("a", "from the ended one", second.ETag, Ct)).Saved);
        Assert.Equal("anew", (await Conversations.GetAsync("a", Ct))!.Content);
    }

    [Fact]
    public async Task Purging_removes_the_ended_ones_only()
    {
        await Conversations.SaveAsync("ended", "x", expectedETag: null, Ct);
        await Conversations.SaveAsync("ended too", "x", expectedETag: null, Ct);
        Clock.Advance(TimeSpan.FromHours(12));
        await Conversations.SaveAsync("going on", "x", expectedETag: null, Ct);
        Clock.Advance(TimeSpan.FromHours(12));

        Assert.Equal(2, await Conversations.PurgeExpiredAsync(Ct));
        Assert.Equal(0, await Conversations.PurgeExpiredAsync(Ct));
        Assert.NotNull(await Conversations.GetAsync("going on", Ct));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Any_text_can_name_and_fill_a_conversation(string text)
    {
        ConversationSave save = await Conversations.SaveAsync(text, text, expectedETag: null, Ct);

        Assert.Equal(new StoredConversation(text, text, save.ETag!, Clock.GetUtcNow()), await Conversations.GetAsync(text, Ct));
        Assert.Null(await Conversations.GetAsync(text + "x", Ct));
    }

    [Fact]
    public async Task A_conversation_may_be_long()
    {
        // A million bytes of JSON where what is beyond ASCII is written as it is, and some less than two where it is escaped.
        string content = string.Concat(Enumerable.Repeat("Ünïcödé 🛁 ", 38_000));

        await Conversations.SaveAsync("long", content, expectedETag: null, Ct);

        Assert.Equal(content, (await Conversations.GetAsync("long", Ct))!.Content);
    }
}
