using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

/// <summary>The same conversation with functions of an application that has nothing to do with hotels: the model goes by the schema alone.</summary>
public sealed class DraftTests
{
    private const string Tools = """
        [{"type":"function","function":{"name":"list_ships","description":"Lists the ships.","parameters":{"type":"object","properties":{}}}},
         {"type":"function","function":{"name":"draft_defect","description":"Writes a defect down.","parameters":{"type":"object","properties":{
           "ship_id":{"type":"string","description":"From list_ships."},
           "problem":{"type":"string"},
           "cabin_room":{"type":"integer"},
           "reporter":{"type":"string","enum":["passenger","inspector","crew"]},
           "severity":{"type":"integer"}},"required":["ship_id","problem"]}}},
         {"type":"function","function":{"name":"submit_defect","description":"Submits it.","parameters":{"type":"object","properties":{}}}}]
        """;

    private const string Ships = """[{"id":"S-1","name":"Northern Petrel","port":"Bergen"},{"id":"S-2","name":"Grey Gannet","port":"Leith"}]""";

    [Fact]
    public async Task A_defect_of_a_ship_is_reported()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        var messages = new JsonArray();

        (string name, _) = await SayAsync(model, messages, "A passenger says the porthole in cabin 41 is leaking.");
        Assert.Equal("list_ships", name);
        Assert.Contains("Which ship", (await ResultAsync(model, messages, Ships)).Text, StringComparison.Ordinal);

        (name, string arguments) = await SayAsync(model, messages, "the gannet");
        Assert.Equal("draft_defect", name);
        Assert.Equal("""{"ship_id":"S-2","problem":"A passenger says the porthole in cabin 41 is leaking.","cabin_room":41,"reporter":"passenger"}""", arguments);

        string draft = (await ResultAsync(model, messages, """{"defect":{"id":9},"message":"Written down."}""")).Text!;
        Assert.Contains("Grey Gannet", draft, StringComparison.Ordinal);

        (name, _) = await SayAsync(model, messages, "Yes, please submit it");
        Assert.Equal("submit_defect", name);
        Assert.Contains("D-77", (await ResultAsync(model, messages, """{"id":"D-77"}""")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Error: Function failed.", "Function failed")]
    [InlineData("""{"message":"That ship is in dock."}""", "in dock")]
    [InlineData("""{"error":"No permission."}""", "No permission")]
    public async Task A_refused_draft_is_explained_and_not_called_one(string result, string told)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        var messages = new JsonArray();
        await SayAsync(model, messages, "The porthole in cabin 41 of the Grey Gannet is leaking.");
        await ResultAsync(model, messages, Ships);

        string reply = (await ResultAsync(model, messages, result)).Text!;

        Assert.Contains(told, reply, StringComparison.Ordinal);
        Assert.DoesNotContain("Here is the draft", reply, StringComparison.Ordinal);
        (string name, _) = await SayAsync(model, messages, "Yes, submit it");
        Assert.Equal("draft_defect", name);
    }

    [Fact]
    public async Task A_list_that_can_not_be_had_is_said_and_not_asked_for_again()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        var messages = new JsonArray();
        await SayAsync(model, messages, "The porthole in cabin 41 of the Grey Gannet is leaking.");

        Assert.Contains("did not work", (await ResultAsync(model, messages, "Error: Function failed.")).Text, StringComparison.Ordinal);
    }

    private static async Task<(string Name, string Arguments)> SayAsync(ModelHarness model, JsonArray messages, string text)
    {
        messages.Add(new JsonObject { ["role"] = "user", ["content"] = text });
        Answer answer = await AskAsync(model, messages);
        return (answer.Call!, answer.Arguments!);
    }

    private static Task<Answer> ResultAsync(ModelHarness model, JsonArray messages, string result)
    {
        string id = messages[^1]!["tool_calls"]![0]!["id"]!.GetValue<string>();
        messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = result });
        return AskAsync(model, messages);
    }

    private static async Task<Answer> AskAsync(ModelHarness model, JsonArray messages)
    {
        var body = new JsonObject { ["messages"] = messages.DeepClone(), ["tools"] = JsonNode.Parse(Tools) };
        JsonElement message = (await model.ChatJsonAsync(body.ToJsonString())).GetProperty("choices")[0].GetProperty("message");
        messages.Add(JsonNode.Parse(message.GetRawText()));
        JsonElement? function = message.TryGetProperty("tool_calls", out JsonElement calls) ? calls[0].GetProperty("function") : null;
        return new Answer(
            message.GetProperty("content").GetString(), function?.GetProperty("name").GetString(), function?.GetProperty("arguments").GetString());
    }

    private sealed record Answer(string? Text, string? Call, string? Arguments);
}
