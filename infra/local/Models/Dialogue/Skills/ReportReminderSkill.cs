using ContosoSuites.Local.Models.Dialogue.Entities;
using ContosoSuites.Local.Models.Dialogue.Reports;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Comes back to an unfinished report when nothing better is to be said.</summary>
internal sealed class ReportReminderSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn)
    {
        if (ReportTools.Find(turn.Tools) is not { } tools)
        {
            return null;
        }

        var conversation = ReportConversation.Read(turn, tools);
        if (conversation.DraftWaits)
        {
            return DialogueReply.Say(ReportTexts.Waiting);
        }

        if (!conversation.Now.IsOpen || conversation.Asked is Questions.None)
        {
            return null;
        }

        EntityList? known = conversation.Asked.HasFlag(Questions.Which) ? tools.Entities(turn) : null;
        string questions = QuestionTexts.Write(conversation.Asked, conversation.Thing);
        return DialogueReply.Say(ReportTexts.Ask("I did not understand that. ", questions, known?.All ?? []));
    }
}
