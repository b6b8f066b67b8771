using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Accepts thanks and says goodbye.</summary>
internal sealed partial class ThanksSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn) => Thanks().IsMatch(turn.UserText)
        ? DialogueReply.Say("You are welcome. I am here if anything else comes up.")
        : null;

    [GeneratedRegex(@"^\W*((many )?thanks?( you)?( so much| very much| a lot)?|cheers|bye|goodbye|see you)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks();
}
