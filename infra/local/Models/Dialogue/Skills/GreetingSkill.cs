using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Returns a greeting that comes with nothing else.</summary>
internal sealed partial class GreetingSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn) => Greeting().IsMatch(turn.UserText)
        ? DialogueReply.Say("Hello! I am the simulated model of this machine. Ask me about hotels, bookings or something that needs repair.")
        : null;

    [GeneratedRegex(@"^\W*(hi|hello|hey|good (morning|afternoon|evening|day)|greetings)( there| everyone| assistant)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();
}
