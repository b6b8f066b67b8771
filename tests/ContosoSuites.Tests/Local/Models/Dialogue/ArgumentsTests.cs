using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class ArgumentsTests
{
    [Theory]
    [InlineData("hotelId", "integer", "", "Bookings of hotel 12 for 3 guests", "12")]
    [InlineData("id", "integer", "", "The hotel with id 3", "3")]
    [InlineData("id", "integer", "", "Hotel 3", null)]
    [InlineData("guests", "integer", "", "Bookings of hotel 12 for 3 guests", null)]
    [InlineData("hotelId", "integer", "", "Hotel 99999999999", null)]
    [InlineData("count", "integer", "", "Since 2026-03-01", null)]
    [InlineData("room_number", "string", "", "It is in room 303.", "\"303\"")]
    [InlineData("room_number", "string", "", "It is in room number 12a.", "\"12A\"")]
    [InlineData("room_number", "string", "", "Change the room to 512", "\"512\"")]
    [InlineData("room_number", "string", "", "not room 205, room 206", "\"206\"")]
    [InlineData("room_number", "string", "", "room TEST at the Oceanview Inn", "\"TEST\"")]
    [InlineData("room_number", "string", "", "a room with 2 beds", null)]
    [InlineData("room_number", "string", "", "the carpet in the room", null)]
    [InlineData("minDate", "string", "", "Bookings after 2026-03-01", "\"2026-03-01\"")]
    [InlineData("day", "string", "date", "On 2026-13-41", null)]
    [InlineData("color", "string", "", "Paint it", null)]
    public void Numbers_and_dates_are_read_where_they_belong(string name, string type, string format, string text, string? expected) =>
        Assert.Equal(expected, Arguments.Read(new ToolParameter(name, type, format, "", [], Required: true), text, [])?.ToJsonString());

    [Theory]
    [InlineData("512", "\"512\"")]
    [InlineData("Sorry, it's 512, not 510.", "\"512\"")]
    [InlineData("not 510 but 512", "\"512\"")]
    [InlineData("2026-03-01", null)]
    public void A_bare_number_counts_where_it_may(string text, string? expected)
    {
        var room = new ToolParameter("room_number", "string", "", "", [], Required: false);

        Assert.Equal(expected, Arguments.Read(room, text, [], bare: true)?.ToJsonString());
        Assert.Null(Arguments.Read(room, text, []));
    }

    [Theory]
    [InlineData("A customer reported it", "customer")]
    [InlineData("Inspectors reported it", "inspector")]
    [InlineData("Somebody reported it", null)]
    public void A_choice_must_be_named(string text, string? expected)
    {
        var described = new ToolParameter("source", "string", "", "Who reported it: customer, inspector or staff.", [], Required: false);
        var listed = new ToolParameter("source", "string", "", "", ["customer", "inspector", "staff"], Required: false);

        Assert.Equal(expected, Arguments.Read(described, text, [])?.ToString());
        Assert.Equal(expected, Arguments.Read(listed, text, [])?.ToString());
    }
}
