using ContosoSuites.Local.Models.Dialogue;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class UtteranceTests
{
    [Theory]
    [InlineData("Yes, save it.", true)]
    [InlineData("yes, that is correct", true)]
    [InlineData("Please save it", true)]
    [InlineData("go ahead", true)]
    [InlineData("OK", true)]
    [InlineData("Yes 👍", true)]
    [InlineData("it is that", false)]
    [InlineData("ok thanks", false)]
    [InlineData("no", false)]
    [InlineData("Not yet", false)]
    [InlineData("yes, but change the room", false)]
    [InlineData("Yes. It is in room 513.", false)]
    [InlineData("Don't save it", false)]
    [InlineData("Save it?", false)]
    [InlineData("Is that correct?", false)]
    [InlineData("The guest asked to save water", false)]
    [InlineData("", false)]
    public void Approval_says_nothing_else(string text, bool expected) => Assert.Equal(expected, new Utterance(text).Approves);

    [Theory]
    [InlineData("cancel", true)]
    [InlineData("Please cancel that", true)]
    [InlineData("No, forget about it", true)]
    [InlineData("never mind", true)]
    [InlineData("Did you cancel it?", false)]
    [InlineData("The guest canceled", false)]
    [InlineData("Do not forget the towels", false)]
    public void Cancelling_is_said_of_the_report(string text, bool expected) => Assert.Equal(expected, new Utterance(text).Cancels);

    [Theory]
    [InlineData("The lamp is broken. Is it saved?", "The lamp is broken.")]
    [InlineData("Show me the bookings", "")]
    [InlineData("Could you please report that the lamp is broken?", "Could you please report that the lamp is broken?")]
    [InlineData("Can you tell me the exact name?", "")]
    [InlineData("Wet floor\nBroken lamp", "Wet floor|Broken lamp")]
    public void Statements_say_something_and_questions_do_not(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', new Utterance(text).Statements));
}
