using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Tools;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class ArgumentFillerTests
{
    [Theory]
    [InlineData("hotelId", "integer", "", "Bookings of hotel 12 for 3 guests", "12")]
    [InlineData("guests", "integer", "", "Bookings of hotel 12 for 3 guests", null)]
    [InlineData("count", "integer", "", "Show me the last 5", "5")]
    [InlineData("count", "integer", "", "Since 2026-03-01", null)]
    [InlineData("roomNumber", "string", "", "It is in room 303.", "\"303\"")]
    [InlineData("roomNumber", "string", "", "It is in room number 303.", "\"303\"")]
    [InlineData("temperature", "number", "", "Set the temperature to 21.5", "21.5")]
    [InlineData("minDate", "string", "", "Bookings after 2026-03-01", "\"2026-03-01\"")]
    [InlineData("endDate", "string", "date", "From 2026-03-01 to 2026-04-01", "\"2026-04-01\"")]
    [InlineData("minDate", "string", "date", "On 2026-13-41", null)]
    [InlineData("hotelName", "string", "", "Does the Oceanview Inn have a pool?", "\"Oceanview Inn\"")]
    [InlineData("city", "string", "", "What is the weather in Paris?", "\"Paris\"")]
    [InlineData("city", "string", "", "Tell me the weather", null)]
    [InlineData("query", "string", "", "microwave is dead", "\"microwave is dead\"")]
    [InlineData("title", "string", "", "Name it \"Wet carpet\" please", "\"Wet carpet\"")]
    [InlineData("color", "string", "", "Paint it", null)]
    public void A_required_parameter_takes_its_value_from_the_text_or_stays_empty(
        string name, string type, string format, string text, string? expected)
    {
        var tool = new ToolDefinition("f", "", [new ToolParameter(name, type, format, "", [], Required: true)]);

        Assert.Equal(expected is null ? null : $$"""{"{{name}}":{{expected}}}""", ArgumentFiller.TryFill(tool, text));
    }

    [Theory]
    [InlineData("A guest reported it", "\"guest\"")]
    [InlineData("Somebody reported it", null)]
    public void A_choice_must_be_named(string text, string? expected)
    {
        var tool = new ToolDefinition("f", "", [new ToolParameter("source", "string", "", "", ["staff", "guest"], Required: true)]);

        Assert.Equal(expected is null ? null : $$"""{"source":{{expected}}}""", ArgumentFiller.TryFill(tool, text));
    }

    [Fact]
    public void An_optional_parameter_is_left_out_rather_than_guessed()
    {
        var tool = new ToolDefinition("f", "", [new ToolParameter("maxResults", "integer", "", "", [], Required: false)]);

        Assert.Equal("{}", ArgumentFiller.TryFill(tool, "Rooms for 4"));
    }

    [Fact]
    public void A_forced_call_gets_a_placeholder_of_the_right_type_for_each_required_parameter()
    {
        var tool = new ToolDefinition("f", "",
        [
            new ToolParameter("a", "integer", "", "", [], Required: true),
            new ToolParameter("b", "boolean", "", "", [], Required: true),
            new ToolParameter("c", "array", "", "", [], Required: true),
            new ToolParameter("d", "object", "", "", [], Required: true),
            new ToolParameter("e", "string", "", "", ["x", "y"], Required: true),
            new ToolParameter("g", "string", "", "", [], Required: false),
        ]);

        Assert.Equal("""{"a":0,"b":false,"c":[],"d":{},"e":"x"}""", ArgumentFiller.Fill(tool, "Hello"));
    }
}
