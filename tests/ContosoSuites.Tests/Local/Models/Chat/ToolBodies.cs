using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContosoSuites.Tests.Local.Models.Chat;

/// <summary>Request bodies that offer functions.</summary>
internal static class ToolBodies
{
    private const string Tools = """
        [{"type":"function","function":{"name":"get_hotels","description":"Lists all hotels.","parameters":{"type":"object","properties":{},"additionalProperties":false}}},
         {"type":"function","function":{"name":"get_bookings","description":"Gets the bookings of one hotel.","parameters":{"type":"object",
           "properties":{"hotelId":{"type":"integer"},"minDate":{"type":"string","format":"date"}},"required":["hotelId"]}}}]
        """;

    public static JsonObject Bookings(string userText, JsonNode? toolChoice = null)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = userText }),
            ["tools"] = JsonNode.Parse(Tools),
        };
        if (toolChoice is not null)
        {
            body["tool_choice"] = toolChoice;
        }

        return body;
    }

    public static string WithStream(JsonObject body)
    {
        body["stream"] = true;
        return body.ToJsonString();
    }

    /// <summary>The body of the next round: the calls the model asked for, each with a result.</summary>
    public static string WithResults(JsonObject body, JsonElement answer, string result)
    {
        JsonArray messages = body["messages"]!.AsArray();
        JsonElement message = answer.GetProperty("choices")[0].GetProperty("message");
        messages.Add(JsonNode.Parse(message.GetRawText()));
        foreach (JsonElement call in message.GetProperty("tool_calls").EnumerateArray())
        {
            messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = call.GetProperty("id").GetString(), ["content"] = result });
        }

        return body.ToJsonString();
    }
}
