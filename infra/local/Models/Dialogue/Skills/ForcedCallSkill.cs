using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Tools;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Calls a function because the application insists, with placeholders for what the person did not say.</summary>
internal sealed class ForcedCallSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn)
    {
        if (!turn.MustCallTool)
        {
            return null;
        }

        ToolDefinition tool = ToolSelector.Closest(turn.Tools, turn.UserText);
        return DialogueReply.Call(tool, ArgumentFiller.Fill(tool, turn.UserText));
    }
}
