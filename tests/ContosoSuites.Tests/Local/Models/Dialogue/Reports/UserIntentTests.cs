using ContosoSuites.Local.Models.Dialogue.Reports;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue.Reports;

public sealed class UserIntentTests
{
    [Theory]
    [InlineData("Yes, save it.", true)]
    [InlineData("yes, that looks correct", true)]
    [InlineData("Please save it", true)]
    [InlineData("go ahead", true)]
    [InlineData("Can you save it now, please?", true)]
    [InlineData("You can save that.", true)]
    [InlineData("OK", true)]
    [InlineData("Looks good to me!", true)]
    [InlineData("Thank you. Save it.", true)]
    [InlineData("ok thanks", false)]
    [InlineData("no", false)]
    [InlineData("Not yet", false)]
    [InlineData("yes, but change the room", false)]
    [InlineData("Don't save it", false)]
    [InlineData("Did it get saved?", false)]
    [InlineData("Is that correct?", false)]
    [InlineData("I will save the date for the inspection of the whole building and of everything in it.", false)]
    [InlineData("The guest asked to save water", false)]
    [InlineData("", false)]
    public void Approval_is_clear_or_it_is_none(string text, bool expected) => Assert.Equal(expected, UserIntent.Approves(text));

    [Theory]
    [InlineData("cancel", true)]
    [InlineData("Please cancel that", true)]
    [InlineData("No, forget about it", true)]
    [InlineData("never mind", true)]
    [InlineData("Did you cancel it?", false)]
    [InlineData("The guest canceled", false)]
    [InlineData("Do not forget the towels", false)]
    public void Cancelling_is_said_of_the_report(string text, bool expected) => Assert.Equal(expected, UserIntent.Cancels(text));
}
