using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Says what answers here, when asked.</summary>
internal sealed partial class IdentitySkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn) => Question().IsMatch(turn.UserText)
        ? DialogueReply.Say(
            "I am a simulator that stands in for Azure OpenAI on this machine. "
            + "I answer by fixed rules, so the same question always gets the same answer.")
        : null;

    [GeneratedRegex(
        @"\b(who|what) are you\b|\bare you (a |an )?(real|human|person|bot|robot|ai|model|simulat\w+)\b|\bwhat can you do\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Question();
}
