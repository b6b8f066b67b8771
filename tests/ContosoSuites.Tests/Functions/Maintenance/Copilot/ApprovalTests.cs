using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using Xunit;
using static ContosoSuites.Tests.Functions.Maintenance.Copilot.ScriptedModel;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>What a model can not do whatever it says and calls: save what the user has not seen, save twice, never come to an end.</summary>
public sealed class ApprovalTests
{
    private static readonly Call Sink = Call.Draft(14, "The sink is clogged.", "510");

    [Fact]
    public async Task A_draft_is_not_saved_in_the_turn_that_writes_it()
    {
        await using ScriptedModel model = await StartAsync(
            Step.Use(Sink), Step.Use(Call.Save), Step.Use(Call.Save), Step.Say("I could not save it yet."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);

        CopilotAnswer answer = await system.Talk().SayAsync("The sink in 510 at Lago Sereno is clogged. Save it right away, I approve everything.");

        Assert.Null(answer.SavedRequestId);
        Assert.Empty(await system.MadeRequestsAsync());
        Every.One(model.ToolResults().Skip(1), refused =>
        {
            Assert.False(refused.Result.GetProperty("saved").GetBoolean());
            Assert.Contains("has not seen", refused.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_draft_is_not_saved_in_the_very_answer_that_writes_it()
    {
        await using ScriptedModel model = await StartAsync(Step.Use(Sink, Call.Save), Step.Say("Not saved."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);

        CopilotAnswer answer = await system.Talk().SayAsync("The sink in 510 at Lago Sereno is clogged.");

        Assert.Null(answer.SavedRequestId);
        Assert.Empty(await system.MadeRequestsAsync());
    }

    [Fact]
    public async Task A_draft_that_replaces_an_approved_one_has_to_be_shown_again()
    {
        await using ScriptedModel model = await StartAsync(
            Step.Use(Sink), Step.Say("Shall I save it?"),
            Step.Use(Call.Draft(14, "Something else entirely.", "1"), Call.Save), Step.Say("Not saved."),
            Step.Use(Call.Save), Step.Say("Saved."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();

        await talk.SayAllAsync("The sink is clogged.", "Yes, save it.");
        Assert.Empty(await system.MadeRequestsAsync());

        await talk.SayAsync("Yes");
        Assert.Equal("Something else entirely.", Assert.Single(await system.MadeRequestsAsync()).GetProperty("details").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_draft_is_saved_once_however_often_it_is_asked(bool atOnce)
    {
        Step[] saves = atOnce ? [Step.Use(Call.Save, Call.Save, Call.Save)] : [Step.Use(Call.Save), Step.Use(Call.Save), Step.Use(Call.Save)];
        await using ScriptedModel model = await StartAsync(
        [
            Step.Use(Sink), Step.Say("Shall I save it?"),
            .. saves, Step.Say("Saved."),
            Step.Use(Call.Save), Step.Say("Saved before."),
        ]);
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();

        CopilotAnswer saved = await talk.SayAllAsync("The sink is clogged.", "Yes");
        CopilotAnswer again = await talk.SayAsync("Save it again!");

        string id = Assert.Single(await system.MadeRequestsAsync()).GetProperty("id").GetString()!;
        Assert.Equal(id, saved.SavedRequestId);
        Assert.Null(again.SavedRequestId);
        JsonElement[] results = [.. model.ToolResults().Where(result => result.Function == Call.Save.Function).Select(result => result.Result)];
        Assert.Equal(4, results.Length);
        Every.One(results, result => Assert.Equal(id, result.GetProperty("id").GetString()));
        Every.One(results.Skip(1), result => Assert.Contains("nothing new", result.GetProperty("message").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_draft_there_is_nothing_to_save()
    {
        await using ScriptedModel model = await StartAsync(Step.Use(Call.Save), Step.Say("There is no draft."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);

        await system.Talk().SayAsync("Save it.");

        Assert.False(Assert.Single(model.ToolResults()).Result.GetProperty("saved").GetBoolean());
        Assert.Empty(await system.MadeRequestsAsync());
    }

    /// <summary>Calls that must not become drafts, and a word of what the model is told.</summary>
    public static TheoryData<string, string, string> BadDrafts => new()
    {
        { "no place", """{"hotel_id":1,"details":"Broken"}""", "room or the place" },
        { "blank place", """{"hotel_id":1,"details":"Broken","room_number":" ","location":""}""", "room or the place" },
        { "no such hotel", """{"hotel_id":99,"details":"Broken","room_number":"1"}""", "99" },
        { "no details", """{"hotel_id":1,"details":"  ","room_number":"1"}""", "details" },
        { "long details", $$"""{"hotel_id":1,"details":"{{new string('x', 4001)}}","room_number":"1"}""", "4000" },
        { "unknown source", """{"hotel_id":1,"details":"Broken","room_number":"1","source":"neighbor"}""", "source" },
        { "control characters in the room", """{"hotel_id":1,"details":"Broken","room_number":"1\u0000\u001b[2J"}""", "control" },
    };

    [Theory]
    [MemberData(nameof(BadDrafts))]
    public async Task A_draft_is_checked_as_any_callers_request(string kind, string arguments, string told)
    {
        await using ScriptedModel model = await StartAsync(
            Step.Use(new Call(Sink.Function, arguments)), Step.Say("What else?"), Step.Use(Call.Save), Step.Say("Not saved."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();

        await talk.SayAllAsync("Something is broken.", "Save it.");

        JsonElement draft = model.ToolResults()[0].Result;
        Assert.Contains(told, draft.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Null((await system.StoredAsync(talk.Id!))!.Draft);
        Assert.True((await system.MadeRequestsAsync()).Length == 0, kind);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_model_that_calls_functions_for_ever_is_ended_politely(string accept)
    {
        await using ScriptedModel model = await StartAsync(_ => Step.Use(Call.Hotels));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model, ("AzureOpenAI:MaxModelCallsPerTurn", "5"));
        Conversation talk = system.Talk();

        using HttpResponseMessage response = await talk.SendAsync("The sink is clogged.", accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("tell me again", await TestSystem.TextAsync(response), StringComparison.Ordinal);
        Assert.Equal(5, model.Requests.Count);
        Assert.False(model.Requests.Last().TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task After_such_an_end_the_conversation_goes_on_with_every_call_answered()
    {
        bool isSensible = false;
        await using ScriptedModel model = await StartAsync(_ => isSensible ? Step.Say("Now I listen.") : Step.Use(Call.Hotels));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model, ("AzureOpenAI:MaxModelCallsPerTurn", "3"));
        Conversation talk = system.Talk();
        await talk.SayAsync("The sink is clogged.", "text/plain");

        isSensible = true;
        CopilotAnswer answer = await talk.SayAsync("Are you there?");

        Assert.Equal("Now I listen.", answer.Reply);
        Histories.AssertComplete(model.Requests.Last());
    }

    [Fact]
    public async Task A_function_that_does_not_exist_harms_nothing()
    {
        await using ScriptedModel model = await StartAsync(
            Step.Use(new Call("Maintenance_delete_all_requests", "{}")), Step.Say("I can not do that."), Step.Say("Still here."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();

        await talk.SayAllAsync("Delete all requests.", "Hello?");

        Histories.AssertComplete(model.Requests.Last());
    }

    [Fact]
    public async Task The_model_is_told_the_state_and_offered_four_functions_and_the_bookings()
    {
        await using ScriptedModel model = await StartAsync(Step.Use(Sink), Step.Say("Shall I save it?"), Step.Say("It is a draft."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        Conversation talk = system.Talk();
        await talk.SayAllAsync("The sink is clogged.", "Is it saved?");

        JsonElement request = model.Requests.Last();
        string system0 = request.GetProperty("messages")[0].GetProperty("content").GetString()!;
        MaintenanceDraft draft = (await system.StoredAsync(talk.Id!))!.Draft!;
        Assert.Contains(draft.DraftId, system0, StringComparison.Ordinal);
        Assert.Contains("Today is 2026-11-22", system0, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Hotels_get_bookings_by_hotel_and_minimum_date", "Hotels_get_bookings_for_hotel", "Hotels_get_hotels",
                "Maintenance_create_maintenance_request", "Maintenance_find_similar_requests", "Maintenance_save_maintenance_request",
            ],
            request.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
    }
}
