using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Reports;
using ContosoSuites.Local.Models.Dialogue.Text;
using ContosoSuites.Local.Models.Dialogue.Tools;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Calls the function that fits what the person said, if one does. Taking reports is not its business: that saves things.</summary>
internal sealed class ToolCallSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn)
    {
        ReportTools? reportTools = ReportTools.Find(turn.Tools);
        ToolDefinition[] tools = [.. turn.Tools.Where(tool => reportTools?.Contains(tool) != true)];
        string text = SpokenDates.Rewrite(turn.UserText, SpokenDates.Today(turn.SystemText));
        return ToolSelector.Select(tools, text) is { } fitting ? DialogueReply.Call(fitting.Tool, fitting.Arguments) : null;
    }
}
