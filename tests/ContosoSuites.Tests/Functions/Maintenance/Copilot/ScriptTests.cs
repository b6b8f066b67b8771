using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.Extensions.AI;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>The conversations that staff hold with the copilot, from the first message to the saved request.</summary>
public sealed class ScriptTests(SharedCopilot shared) : IClassFixture<SharedCopilot>
{
    private readonly CopilotSystem _system = shared.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("text/event-stream")]
    public async Task A_leak_is_reported_fact_by_fact(string accept)
    {
        Conversation talk = _system.Talk();
        await talk.SayAsync("Please help me create a maintenance request for a room at the Grand Regency.", accept);
        await talk.SayAsync("There is a leak coming from under the kitchen sink. The carpet in the room is soaked.", accept);
        CopilotAnswer draft = await talk.SayAsync("It is in room 303.", accept);
        Assert.Contains("The Grand Regency", draft.Reply, StringComparison.Ordinal);
        Assert.Contains("303", draft.Reply, StringComparison.Ordinal);
        Assert.Contains("soaked", draft.Reply, StringComparison.Ordinal);
        Assert.Empty((await StoredAsync(talk)).Saved);

        CopilotAnswer saved = await talk.SayAsync("Yes, save it.", accept);
        string id = Assert.Single((await StoredAsync(talk)).Saved).RequestId;
        Assert.Contains(id, saved.Reply, StringComparison.Ordinal);
        Assert.Equal(accept == "text/plain" ? null : id, saved.SavedRequestId);
        CopilotAnswer asked = await talk.SayAsync("What is the id of that request?", accept);
        Assert.Contains(id, asked.Reply, StringComparison.Ordinal);
        Assert.Null(asked.SavedRequestId);

        JsonElement request = await RequestAsync(id);
        Assert.Equal(2, request.GetProperty("hotel_id").GetInt32());
        Assert.Equal("The Grand Regency", request.GetProperty("hotel").GetString());
        Assert.Equal("303", request.GetProperty("room_number").GetString());
        Assert.Equal("staff", request.GetProperty("source").GetString());
        Assert.Equal(
            "There is a leak coming from under the kitchen sink. The carpet in the room is soaked.", request.GetProperty("details").GetString());
        Assert.Equal(
            ["Hotels_get_hotels", "Maintenance_find_similar_requests", "Maintenance_create_maintenance_request", "Maintenance_save_maintenance_request"],
            await CallsAsync(talk));
    }

    [Fact]
    public async Task A_complaint_is_not_called_saved_before_it_is_and_is_found_afterwards()
    {
        Conversation talk = _system.Talk();
        CopilotAnswer draft = await talk.SayAsync("A customer is reporting an issue in room 205 at the Grand Regency. The microwave is not working.");
        Assert.Contains("205", draft.Reply, StringComparison.Ordinal);

        CopilotAnswer honest = await talk.SayAsync("Did it get saved to the database?");
        Assert.Matches(@"(?i)\bno\b|\bnot\b", honest.Reply);
        Assert.Null(honest.SavedRequestId);
        Assert.Empty((await StoredAsync(talk)).Saved);

        string id = (await talk.SayAsync("Please save it.")).SavedRequestId!;
        JsonElement request = await RequestAsync(id);
        Assert.Equal("customer", request.GetProperty("source").GetString());
        Assert.Equal("The microwave is not working.", request.GetProperty("details").GetString());
        Assert.Contains("saved", (await talk.SayAsync("Did it get saved to the database?")).Reply, StringComparison.Ordinal);

        float[]? vector = await _system.Client.GetFromJsonAsync<float[]>(
            $"Vectorize?text={Uri.EscapeDataString("microwave not working at Grand Regency")}", Cancellation);
        using HttpResponseMessage found = await _system.Client.PostAsJsonAsync("VectorSearch?max_results=3&minimum_similarity_score=0.5", vector, Cancellation);
        JsonElement best = (await TestSystem.JsonAsync(found))[0];
        Assert.Equal("The microwave is not working.", best.GetProperty("details").GetString());
        Assert.Equal("The Grand Regency", best.GetProperty("hotel").GetString());
    }

    [Fact]
    public async Task A_hotel_that_was_asked_for_by_half_its_name_is_the_hotel_of_the_report()
    {
        Conversation talk = _system.Talk();
        CopilotAnswer name = await talk.SayAsync(
            "The customer mentioned they were at the regency. Can you provide me with the exact name of that hotel?");
        Assert.Contains("The Grand Regency", name.Reply, StringComparison.Ordinal);

        CopilotAnswer draft = await talk.SayAsync("They are in the penthouse suite, room 700, and the television is no longer working.");
        Assert.Contains("700", draft.Reply, StringComparison.Ordinal);
        CopilotAnswer saved = await talk.SayAsync("Yes, that looks correct.");

        JsonElement request = await RequestAsync(saved.SavedRequestId!);
        Assert.Equal("The Grand Regency", request.GetProperty("hotel").GetString());
        Assert.Equal("700", request.GetProperty("room_number").GetString());
        Assert.Equal("customer", request.GetProperty("source").GetString());
        Assert.Contains("the television is no longer working.", request.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Messages, then what has to be saved: hotel, place, a word of the details, source. All end in one saved request.</summary>
    public static TheoryData<string, string[], int, string, string, string> Variations => new()
    {
        { "all at once", ["The toilet in room 12 at the Oceanview Inn keeps running.", "Yes please"], 1, "12", "toilet", "staff" },
        { "room first", ["Room 41", "I need a maintenance request.", "Linden Court", "The heating is broken", "go ahead"], 4, "41", "heating", "staff" },
        { "trouble first", ["The window does not close.", "It's in room 9", "at the Sakura Garden", "ok, save it"], 8, "9", "window", "staff" },
        { "hotel last", ["A customer says the shower in room 77 is dripping", "Villa Belcolle", "looks good"], 6, "77", "shower", "customer" },
        { "without accents", ["The lift is stuck at the Hotel des Deux Fleuves", "The main lift", "yes, go ahead and save it"], 12, "The main lift", "lift", "staff" },
        { "by city", ["Broken chair in room 3 of our hotel in Kyoto", "Sakura", "Correct"], 8, "3", "chair", "staff" },
        { "a room with a letter", ["Maple Ridge Lodge, room 12a: the radiator is leaking.", "Perfect, save it"], 7, "12A", "radiator", "staff" },
        { "a place", ["There is broken glass in the lobby of Azulejo House.", "Yes"], 10, "lobby", "glass", "staff" },
        { "an inspection", ["The inspector found mold in room 30 at the Riad of the Blue Door.", "Sure, save that"], 9, "30", "mold", "inspector" },
        { "a changed room", ["The sink is clogged in room 510 at Lago Sereno", "no, change the room to 512", "yes"], 14, "512", "sink", "staff" },
        { "a changed number", ["The sink is clogged in room 510 at Lago Sereno", "Sorry, it's 512, not 510.", "yes, save it"], 14, "512", "sink", "staff" },
        { "yes, but", ["The sink is clogged in room 510 at Lago Sereno", "Yes, but the room is 511", "yes"], 14, "511", "sink", "staff" },
        { "a changed hotel", ["The fan rattles in room 8 at Linden Court", "No, it is at the Oceanview Inn", "Yes"], 1, "8", "fan", "staff" },
        { "a changed source", ["The fan rattles in room 8 at Linden Court", "It was reported by a customer", "Yes"], 4, "8", "fan", "customer" },
        { "changed trouble", ["The fan rattles in room 8 at Linden Court", "No, actually the lamp flickers", "Yes"], 4, "8", "lamp", "staff" },
        { "more trouble", ["The fan rattles in room 8 at Linden Court", "Also the lamp flickers.", "Yes"], 4, "8", "lamp", "staff" },
        { "refused, then approved", ["The fan rattles in room 8 at Linden Court", "Not yet.", "Okay, save it now"], 4, "8", "fan", "staff" },
        { "smalltalk", ["Hello!", "The fan rattles at Linden Court", "Thanks!", "How are you?", "room 8", "What can you do?", "Yes, save it"], 4, "8", "fan", "staff" },
        { "a question between", ["The fan rattles in room 8 at Linden Court", "How many bookings does the Oceanview Inn have?", "Please save it"], 4, "8", "fan", "staff" },
        { "started again", ["The sink is clogged in room 1 at Lago Sereno", "cancel", "The fan rattles in room 8 at Linden Court", "Yes"], 4, "8", "fan", "staff" },
        { "trouble that does not sound so", ["I want to file a maintenance request for room 4 at Casa del Almendro", "The minibar", "yes"], 5, "4", "minibar", "staff" },
        { "shouting", ["THE SHOWER IN ROOM 21 AT THE GRAND REGENCY IS BROKEN!!!", "YES SAVE IT"], 2, "21", "SHOWER", "staff" },
        { "right to left", ["Room 15 at the Oceanview Inn: the lamp is broken (المصباح مكسور)", "Yes"], 1, "15", "المصباح", "staff" },
        { "emoji", ["Room 16 at the Oceanview Inn: the shower leaks 🚿💦", "Yes 👍"], 1, "16", "🚿💦", "staff" },
    };

    [Theory]
    [MemberData(nameof(Variations))]
    public async Task It_is_said_in_many_ways(string kind, string[] messages, int hotel, string place, string details, string source)
    {
        Conversation talk = _system.Talk();

        for (int i = 0; i < messages.Length - 1; i++)
        {
            CopilotAnswer answer = await talk.SayAsync(messages[i]);
            Assert.True(answer.SavedRequestId is null, $"{kind}: saved after '{messages[i]}'.");
        }

        CopilotAnswer last = await talk.SayAsync(messages[^1]);
        Assert.True(last.SavedRequestId is not null, $"{kind}: {last.Reply}");
        JsonElement request = await RequestAsync(last.SavedRequestId);
        Assert.Equal(hotel, request.GetProperty("hotel_id").GetInt32());
        Assert.Equal(place, (request.TryGetProperty("room_number", out JsonElement room) ? room : request.GetProperty("location")).GetString());
        Assert.Contains(details, request.GetProperty("details").GetString()!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(source, request.GetProperty("source").GetString());
        Assert.Single((await StoredAsync(talk)).Saved);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("Not yet, please wait.")]
    [InlineData("Don't save it")]
    [InlineData("Is it saved?")]
    [InlineData("Did you save it?")]
    [InlineData("What happens when I say yes?")]
    [InlineData("yes, but change the room to 512")]
    [InlineData("Yes. It is in room 513.")]
    [InlineData("Hello")]
    [InlineData("The lamp in room 610 is broken too.")]
    [InlineData("Never mind, cancel it.")]
    public async Task What_is_no_approval_saves_nothing(string message)
    {
        Conversation talk = _system.Talk();
        await talk.SayAsync("The sink is clogged in room 510 at Lago Sereno");
        Assert.NotNull((await StoredAsync(talk)).Draft);

        CopilotAnswer answer = await talk.SayAsync(message);

        Assert.Null(answer.SavedRequestId);
        Assert.DoesNotContain("Maintenance_save_maintenance_request", await CallsAsync(talk));
    }

    [Fact]
    public async Task After_a_cancel_there_is_nothing_to_save()
    {
        Conversation talk = _system.Talk();

        CopilotAnswer answer = await talk.SayAllAsync("The sink is clogged in room 510 at Lago Sereno", "cancel", "save it");

        Assert.Null(answer.SavedRequestId);
        Assert.Empty((await StoredAsync(talk)).Saved);
    }

    [Fact]
    public async Task Several_requests_fit_into_one_conversation()
    {
        Conversation talk = _system.Talk();

        string first = (await talk.SayAllAsync("The sink is clogged in room 510 at Lago Sereno", "yes")).SavedRequestId!;
        string second = (await talk.SayAllAsync("Another one: in the same hotel the lamp flickers.", "Room 511", "Yes, save it")).SavedRequestId!;
        CopilotAnswer asked = await talk.SayAsync("What is the id of the last request?");

        Assert.NotEqual(first, second);
        Assert.Contains(second, asked.Reply, StringComparison.Ordinal);
        JsonElement request = await RequestAsync(second);
        Assert.Equal("Lago Sereno", request.GetProperty("hotel").GetString());
        Assert.Equal("511", request.GetProperty("room_number").GetString());
        Assert.DoesNotContain("sink", request.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recent_request_about_the_same_is_mentioned()
    {
        string first = (await _system.Talk().SayAllAsync("The sauna stove gives off sparks in room 902 at Jacaranda Park", "yes")).SavedRequestId!;

        CopilotAnswer draft = await _system.Talk().SayAsync("The sauna stove gives off sparks in room 902 at Jacaranda Park");

        Assert.Contains(first, draft.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hotel_that_does_not_exist_is_asked_for_with_the_names_there_are()
    {
        Conversation talk = _system.Talk();

        CopilotAnswer answer = await talk.SayAllAsync("The tap leaks in room 4 at the Hilltop Palace", "The Hilltop Palace");

        Assert.Contains("Oceanview Inn", answer.Reply, StringComparison.Ordinal);
        Assert.Null((await StoredAsync(talk)).Draft);
    }

    private async Task<JsonElement> RequestAsync(string id) =>
        await _system.Client.GetFromJsonAsync<JsonElement>($"MaintenanceRequests/{id}", Cancellation);

    private async Task<CopilotConversation> StoredAsync(Conversation talk) => (await _system.StoredAsync(talk.Id!))!;

    private async Task<string[]> CallsAsync(Conversation talk) =>
        [.. (await StoredAsync(talk)).Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.Name)];
}
