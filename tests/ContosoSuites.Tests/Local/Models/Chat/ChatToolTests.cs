using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Chat;

public sealed class ChatToolTests
{
    [Fact]
    public async Task A_function_that_fits_is_called_and_its_result_told()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        JsonObject body = ToolBodies.Bookings("Which hotels do we have?");

        JsonElement first = await model.ChatJsonAsync(body.ToJsonString());
        JsonElement choice = first.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Equal("get_hotels", Called(first));

        JsonElement second = await model.ChatJsonAsync(
            ToolBodies.WithResults(body, first, """[{"hotelID":1,"hotelName":"Oceanview Inn"},{"hotelID":2,"hotelName":"The Grand Regency"}]"""));
        string reply = second.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        Assert.Contains("Oceanview Inn", reply, StringComparison.Ordinal);
        Assert.Contains("The Grand Regency", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_come_from_what_was_said()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement answer = await model.ChatJsonAsync(ToolBodies.Bookings("Show the bookings of hotel 3 from 2026-03-01").ToJsonString());

        Assert.Equal("get_bookings", Called(answer));
        Assert.Equal("""{"hotelId":3,"minDate":"2026-03-01"}""", Function(answer).GetProperty("arguments").GetString());
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("What is your favorite color?")]
    [InlineData("")]
    public async Task Nothing_is_called_when_nothing_fits(string text)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement answer = await model.ChatJsonAsync(ToolBodies.Bookings(text).ToJsonString());

        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Tool_choice_none_forbids_a_call_that_fits()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement answer = await model.ChatJsonAsync(ToolBodies.Bookings("Which hotels do we have?", "none").ToJsonString());

        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Tool_choice_required_forces_a_call_though_none_fits()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement answer = await model.ChatJsonAsync(ToolBodies.Bookings("Hello", "required").ToJsonString());

        Assert.Equal("get_hotels", Called(answer));
    }

    [Fact]
    public async Task A_function_that_is_named_is_called_with_what_is_known()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        JsonNode choice = JsonNode.Parse("""{"type":"function","function":{"name":"get_bookings"}}""")!;

        JsonElement answer = await model.ChatJsonAsync(ToolBodies.Bookings("Bookings after 2026-03-01", choice).ToJsonString());

        Assert.Equal("get_bookings", Called(answer));
        Assert.Equal("""{"minDate":"2026-03-01"}""", Function(answer).GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task An_error_from_a_function_is_told_as_one()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        JsonObject body = ToolBodies.Bookings("Which hotels do we have?");
        JsonElement first = await model.ChatJsonAsync(body.ToJsonString());

        JsonElement second = await model.ChatJsonAsync(ToolBodies.WithResults(body, first, "Error: the database is closed."));

        string reply = second.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        Assert.StartsWith("That did not work.", reply, StringComparison.Ordinal);
        Assert.Contains("the database is closed", reply, StringComparison.Ordinal);
    }

    private static JsonElement Function(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function");

    private static string Called(JsonElement answer) => Function(answer).GetProperty("name").GetString()!;
}
