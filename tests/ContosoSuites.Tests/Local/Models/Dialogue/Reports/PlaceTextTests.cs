using ContosoSuites.Local.Models.Dialogue.Reports;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue.Reports;

public sealed class PlaceTextTests
{
    [Theory]
    [InlineData("It is in room 303.", "303")]
    [InlineData("penthouse suite, room 700, and", "700")]
    [InlineData("Change the room to 512", "512")]
    [InlineData("the room number is 12a", "12A")]
    [InlineData("room no. 4", "4")]
    [InlineData("not room 205, room 206", "206")]
    [InlineData("room 206, not room 205", "206")]
    [InlineData("a room with 2 beds", null)]
    [InlineData("the carpet in the room", null)]
    public void Rooms_have_numbers(string text, string? expected) => Assert.Equal(expected, PlaceText.Room(text));

    [Theory]
    [InlineData("Glass is broken in the lobby.", "lobby")]
    [InlineData("There is water on the second floor", "second floor")]
    [InlineData("near the rooftop pool, a tile is loose", "rooftop pool")]
    [InlineData("a leak from under the kitchen sink", null)]
    [InlineData("in the bar fridge", null)]
    [InlineData("the lobby lamp", null)]
    public void Places_are_where_something_is(string text, string? expected) => Assert.Equal(expected, PlaceText.Place(text));
}
