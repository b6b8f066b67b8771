using ContosoSuites.Local.Models.Dialogue.Tools;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Calls the function that fits what the person said, if one does.</summary>
internal sealed class ToolCallSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn) =>
        turn.Tools.Count > 0 && ToolSelector.Select(turn.Tools, turn.UserText) is { } fitting
            ? DialogueReply.Call(fitting.Tool, fitting.Arguments)
            : null;
}
