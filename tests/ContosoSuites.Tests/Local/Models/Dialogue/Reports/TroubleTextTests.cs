using ContosoSuites.Local.Models.Dialogue.Reports;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue.Reports;

public sealed class TroubleTextTests
{
    [Theory]
    [InlineData("The microwave is not working.", "The microwave is not working.")]
    [InlineData("They are in the penthouse suite, room 700, and the television is no longer working.", "The television is no longer working.")]
    [InlineData("Please create a maintenance request: the shower drips", "The shower drips.")]
    [InlineData("A guest says that the window won't close", "The window won't close.")]
    [InlineData("No, the lamp flickers", "The lamp flickers.")]
    [InlineData("The tap, the one in the bathroom, drips", "The tap, the one in the bathroom, drips.")]
    [InlineData("There is no hot water", "There is no hot water.")]
    [InlineData("A customer is reporting an issue in room 205.", null)]
    [InlineData("It is in room 303.", null)]
    [InlineData("That is not correct.", null)]
    [InlineData("I don't know.", null)]
    [InlineData("Yes, save it.", null)]
    public void What_is_wrong_is_told_apart_from_what_stands_around_it(string sentence, string? expected) =>
        Assert.Equal(expected, TroubleText.Read(sentence));
}
