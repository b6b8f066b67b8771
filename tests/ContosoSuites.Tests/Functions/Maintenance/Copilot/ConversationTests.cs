using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ContosoSuites.Functions.Maintenance.Copilot;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>Whose conversation a message belongs to, and for how long.</summary>
public sealed class ConversationTests(SharedCopilot shared) : IClassFixture<SharedCopilot>
{
    private readonly CopilotSystem _system = shared.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_id_an_object_starts_a_conversation()
    {
        Conversation first = _system.Talk();
        Conversation second = _system.Talk();
        await first.SayAsync("The sink is clogged in room 510 at Lago Sereno");

        CopilotAnswer answer = await second.SayAsync("Yes, save it.");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Null(answer.SavedRequestId);
    }

    [Fact]
    public async Task The_id_of_the_header_continues_it()
    {
        Conversation first = _system.Talk();
        await first.SayAsync("The sink is clogged in room 510 at Lago Sereno");

        CopilotAnswer answer = await new Conversation(_system.Client) { Id = first.Id }.SayAsync("Yes, save it.");

        Assert.NotNull(answer.SavedRequestId);
    }

    [Fact]
    public async Task The_dashboard_holds_a_conversation_by_bare_strings()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        string[] ids = [.. await SayAsync(
            system, "key-1", null, "Please help me create a maintenance request for a room at the Grand Regency.", "There is a leak. The carpet is soaked.", "It is in room 303.", "Yes, save it.")];

        Assert.Single(ids.Distinct());
        Assert.Equal("303", Assert.Single(await system.MadeRequestsAsync()).GetProperty("room_number").GetString());
        Assert.DoesNotContain("key-1", ids[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_conversation_is_told_apart_by_its_key_whatever_address_it_writes_down()
    {
        string one = (await SayAsync(_system, "key-1", "203.0.113.7", "Hello"))[0];

        Assert.Equal(one, (await SayAsync(_system, "key-1", "203.0.113.7", "Hello"))[0]);
        Assert.Equal(one, (await SayAsync(_system, "key-1", "203.0.113.8", "Hello"))[0]);
        Assert.Equal(one, (await SayAsync(_system, "key-1", "not an address", "Hello"))[0]);
        Assert.NotEqual(one, (await SayAsync(_system, "key-2", "203.0.113.7", "Hello"))[0]);
        Assert.NotEqual(one, (await SayAsync(_system, null, "203.0.113.7", "Hello"))[0]);
    }

    [Fact]
    public async Task Nobody_approves_the_draft_of_who_shows_another_key()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        await SayAsync(system, "key-1", null, "The sink is clogged in room 510 at Lago Sereno");

        await SayAsync(system, "key-2", null, "Yes, save it.");

        Assert.Empty(await system.MadeRequestsAsync());
    }

    [Fact]
    public async Task The_id_of_a_shared_conversation_can_not_be_named_even_by_its_own_callers()
    {
        string id = (await SayAsync(_system, "key-4", null, "The sink is clogged in room 510 at Lago Sereno"))[0];

        using HttpResponseMessage response = await SayInAsync(_system, "key-4", id, "Yes, save it.");

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "conversationId", "Leave it out");
    }

    [Fact]
    public async Task A_conversation_with_an_id_belongs_to_the_key_that_began_it()
    {
        using HttpResponseMessage begun = await SayInAsync(_system, "key-5", null, "The sink is clogged in room 510 at Lago Sereno");
        string id = begun.Headers.GetValues("x-conversation-id").Single();

        using HttpResponseMessage another = await SayInAsync(_system, "key-6", id, "Yes, save it.");
        using HttpResponseMessage without = await SayInAsync(_system, null, id, "Yes, save it.");
        using HttpResponseMessage own = await SayInAsync(_system, "key-5", id, "Yes, save it.");

        await ProblemAssert.IsProblemAsync(another, HttpStatusCode.NotFound, "conversation");
        Assert.False(another.Headers.Contains("x-conversation-id"));
        Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        Assert.Contains("Saved.", await TestSystem.TextAsync(own), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task The_id_of_a_first_turn_that_failed_works(string accept)
    {
        int calls = 0;
        await using ScriptedModel model = await ScriptedModel.StartAsync(_ => Interlocked.Increment(ref calls) == 1 ? ScriptedModel.Step.Fail(429) : ScriptedModel.Step.Say("Good morning."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();

        using HttpResponseMessage failed = await talk.SendAsync("Hello", accept);
        talk.Id = failed.Headers.GetValues("x-conversation-id").Single();
        using HttpResponseMessage answered = await talk.SendAsync("Hello", accept);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (failed.StatusCode, answered.StatusCode));
        Assert.Equal(talk.Id, answered.Headers.GetValues("x-conversation-id").Single());
    }

    [Fact]
    public async Task The_key_in_the_query_is_the_key_in_the_header()
    {
        string header = (await SayAsync(_system, "key-3", "203.0.113.7", "Hello"))[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "MaintenanceCopilotChat?code=key-3") { Content = JsonContent.Create("Hello") };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using HttpResponseMessage response = await _system.Client.SendAsync(request, Cancellation);

        Assert.Equal(header, response.Headers.GetValues("x-conversation-id").Single());
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public async Task A_callers_conversation_ends_after_half_an_hour_without_a_message(int minutes, bool continues)
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        await SayAsync(system, "key", null, "The sink is clogged in room 510 at Lago Sereno");
        system.Time.Advance(TimeSpan.FromMinutes(minutes));

        await SayAsync(system, "key", null, "Yes, save it.");

        Assert.Equal(continues ? 1 : 0, (await system.MadeRequestsAsync()).Length);
    }

    [Fact]
    public async Task Each_message_keeps_a_callers_conversation_for_another_half_hour()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        foreach (string message in (string[])["The sink is clogged", "Lago Sereno", "Room 510", "Yes"])
        {
            system.Time.Advance(TimeSpan.FromMinutes(29));
            await SayAsync(system, "key", null, message);
        }

        Assert.Single(await system.MadeRequestsAsync());
    }

    [Fact]
    public async Task A_conversation_with_an_id_lasts_a_day_and_is_then_gone()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");
        system.Time.Advance(StoredConversation.Lifetime - TimeSpan.FromSeconds(1));
        await talk.SayAsync("Is it saved?");
        system.Time.Advance(StoredConversation.Lifetime + TimeSpan.FromSeconds(1));

        using HttpResponseMessage response = await talk.SendAsync("Yes, save it.");

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.NotFound, "expired");
        Assert.Empty(await system.MadeRequestsAsync());
    }

    /// <summary>Only who sends no id starts anew after a while: who names a conversation means that one, and the draft in it.</summary>
    [Theory]
    [InlineData(31)]
    [InlineData(23 * 60)]
    public async Task A_draft_in_a_conversation_with_an_id_waits_for_its_approval(int minutes)
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");
        system.Time.Advance(TimeSpan.FromMinutes(minutes));

        CopilotAnswer answer = await talk.SayAsync("Yes, save it.");

        Assert.NotNull(answer.SavedRequestId);
        Assert.Equal("510", Assert.Single(await system.MadeRequestsAsync()).GetProperty("room_number").GetString());
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public async Task How_long_a_callers_conversation_waits_is_a_setting(int minutes, bool continues)
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync(("Copilot:IdleMinutes", "7"));
        await SayAsync(system, "key", null, "The sink is clogged in room 510 at Lago Sereno");
        system.Time.Advance(TimeSpan.FromMinutes(minutes));

        await SayAsync(system, "key", null, "Yes, save it.");

        Assert.Equal(continues ? 1 : 0, (await system.MadeRequestsAsync()).Length);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", HttpStatusCode.NotFound)]
    [InlineData("caller-0123456789abcdef0123456789abcdef", HttpStatusCode.BadRequest)]
    [InlineData("Caller-0123456789abcdef0123456789abcdef", HttpStatusCode.BadRequest)]
    [InlineData("../../etc/passwd", HttpStatusCode.BadRequest)]
    [InlineData("..\\..\\windows", HttpStatusCode.BadRequest)]
    [InlineData("/", HttpStatusCode.BadRequest)]
    [InlineData("a b", HttpStatusCode.BadRequest)]
    [InlineData("x' OR '1'='1", HttpStatusCode.BadRequest)]
    [InlineData("a\r\nx-evil: 1", HttpStatusCode.BadRequest)]
    [InlineData("ä", HttpStatusCode.BadRequest)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", HttpStatusCode.BadRequest)]
    public async Task An_id_that_is_none_is_refused(string id, HttpStatusCode status)
    {
        using HttpResponseMessage response = await new Conversation(_system.Client) { Id = id }.SendAsync("Hello");

        await ProblemAssert.IsProblemAsync(response, status, "conversation");
        Assert.False(response.Headers.Contains("x-evil"));
    }

    /// <summary>Bodies that are refused, and a word of what the sender is told.</summary>
    public static TheoryData<string, string?, string, HttpStatusCode, string> BadRequests => new()
    {
        { "text", "text/plain", "Hello", HttpStatusCode.UnsupportedMediaType, "JSON string" },
        { "form", "application/x-www-form-urlencoded", "message=Hello", HttpStatusCode.UnsupportedMediaType, "JSON string" },
        { "nothing", "application/json", "", HttpStatusCode.BadRequest, "JSON string" },
        { "null", "application/json", "null", HttpStatusCode.BadRequest, "JSON string" },
        { "array", "application/json", "[\"Hello\"]", HttpStatusCode.BadRequest, "JSON string" },
        { "number", "application/json", "5", HttpStatusCode.BadRequest, "JSON string" },
        { "broken", "application/json", "{\"message\":", HttpStatusCode.BadRequest, "JSON string" },
        { "blank string", "application/json", "\"  \"", HttpStatusCode.BadRequest, "message" },
        { "no message", "application/json", "{}", HttpStatusCode.BadRequest, "message" },
        { "wrong type", "application/json", "{\"message\":[1]}", HttpStatusCode.BadRequest, "JSON string" },
        { "wrong id type", "application/json", "{\"message\":\"Hello\",\"conversationId\":7}", HttpStatusCode.BadRequest, "conversationId" },
        { "lone surrogate", "application/json", "\"\\ud800\"", HttpStatusCode.BadRequest, "not valid text" },
        { "too long", "application/json", $"\"{new string('a', 8001)}\"", HttpStatusCode.BadRequest, "Copilot:MaxMessageLength" },
        { "a megabyte", "application/json", $"\"{new string('a', 1 << 20)}\"", HttpStatusCode.RequestEntityTooLarge, "8000" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_body_is_explained(string kind, string? contentType, string body, HttpStatusCode status, string mention)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using HttpResponseMessage response = await _system.Client.PostAsync("MaintenanceCopilotChat", content, Cancellation);

        Assert.NotEmpty(kind);
        await ProblemAssert.IsProblemAsync(response, status, mention);
    }

    /// <summary>Sends an object, as who has a conversation of one's own does.</summary>
    private static async Task<HttpResponseMessage> SayInAsync(CopilotSystem system, string? key, string? conversationId, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "MaintenanceCopilotChat") { Content = JsonContent.Create(new { message, conversationId }) };
        request.Headers.Add("x-functions-key", key);
        return await system.Client.SendAsync(request, Cancellation);
    }

    /// <summary>Sends bare JSON strings as the dashboard does; the conversation's id after each.</summary>
    private static async Task<List<string>> SayAsync(CopilotSystem system, string? key, string? address, params string[] messages)
    {
        var ids = new List<string>();
        foreach (string message in messages)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "MaintenanceCopilotChat") { Content = JsonContent.Create(message) };
            if (key is not null)
            {
                request.Headers.Add("x-functions-key", key);
            }

            if (address is not null)
            {
                request.Headers.Add("X-Forwarded-For", address);
            }

            using HttpResponseMessage response = await system.Client.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            ids.Add(response.Headers.GetValues("x-conversation-id").Single());
        }

        return ids;
    }
}
