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
            return DialogueReply.Say(ReportTexts.SavedState(draftWaits: true, conversation.LastSaved));
        }

        return conversation.Now.IsOpen && conversation.Asked is not Questions.None
            ? DialogueReply.Say($"I did not understand that. {QuestionTexts.Write(conversation.Asked, conversation.Thing)}")
            : null;
    }
}
