using ContosoSuites.Local.Models.Dialogue.Entities;
using ContosoSuites.Local.Models.Dialogue.Reports;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>
/// Takes a report over as many messages as it needs: asks for what is missing, looks for others like it, writes it down,
/// shows it, and saves it when the person agrees.
/// </summary>
internal sealed class ReportSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn)
    {
        if (ReportTools.Find(turn.Tools) is not { } tools)
        {
            return null;
        }

        var conversation = ReportConversation.Read(turn, tools);
        return turn.Results.Count > 0 && turn.Results[^1] is { } last && (last.Tool == tools.Draft.Name || last.Tool == tools.Save.Name)
            ? TellOutcome(turn, tools, conversation, last)
            : AnswerQuestion(turn, conversation) ?? Decide(turn, tools, conversation);
    }

    private static DialogueReply TellOutcome(DialogueTurn turn, ReportTools tools, ReportConversation conversation, ToolResult result)
    {
        var outcome = ToolOutcome.Of(result.Text);
        if (result.Tool == tools.Save.Name)
        {
            return DialogueReply.Say(ReportTexts.Saved(outcome));
        }

        if (!outcome.Succeeded)
        {
            return DialogueReply.Say(ReportTexts.NotDrafted(outcome));
        }

        Entity? entity = tools.Entities(turn) is { } known && conversation.Find(conversation.Now, known) is [var only] ? only : null;
        string? similar = turn.Results.LastOrDefault(other => other.Tool == tools.Search?.Name) is { } search ? ResultSummary.FirstOf(search.Text) : null;
        return DialogueReply.Say(ReportTexts.Draft(tools.Fields, conversation.Now.Facts, entity, similar));
    }

    private static DialogueReply? AnswerQuestion(DialogueTurn turn, ReportConversation conversation)
    {
        if (UserIntent.AsksWhetherSaved(turn.UserText))
        {
            return DialogueReply.Say(ReportTexts.SavedState(conversation.DraftWaits, conversation.LastSaved));
        }

        return UserIntent.AsksForId(turn.UserText) && !Words.Of(turn.UserText).Contains(conversation.Thing)
            ? DialogueReply.Say(ReportTexts.IdState(conversation.DraftWaits, conversation.LastSaved))
            : null;
    }

    private static DialogueReply? Decide(DialogueTurn turn, ReportTools tools, ReportConversation conversation)
    {
        if (UserIntent.Cancels(turn.UserText))
        {
            return DialogueReply.Say(ReportTexts.Dropped);
        }

        if (conversation.Now.IsInterrupted)
        {
            return DialogueReply.Say(ReportTexts.Interrupted);
        }

        EntityList? known = tools.Entities(turn);
        bool approves = UserIntent.Approves(turn.UserText);
        bool changes = Changes(conversation, known);
        if (conversation.DraftWaits && !changes)
        {
            return approves ? DialogueReply.Call(tools.Save, "{}")
                : UserIntent.Declines(turn.UserText) ? DialogueReply.Say(ReportTexts.Declined)
                : null;
        }

        if (!conversation.Now.IsOpen)
        {
            return approves && UserIntent.MentionsSaving(turn.UserText) ? DialogueReply.Say(ReportTexts.NothingWaits(conversation.LastSaved)) : null;
        }

        return changes || approves ? Continue(turn, tools, conversation, known) : null;
    }

    /// <summary>Whether the last message adds anything to the report.</summary>
    private static bool Changes(ReportConversation conversation, EntityList? known)
    {
        (Report now, Report before) = (conversation.Now, conversation.Before);
        return now.Facts != before.Facts
            || now.IsOpen != before.IsOpen
            || now.Statements.Skip(before.Statements.Count).Any(statement => TroubleText.IsRequest(statement.Text))
            || (now.IsOpen && known is null && conversation.Asked.HasFlag(Questions.Which))
            || (now.IsOpen && known is not null && !conversation.Find(now, known).SequenceEqual(conversation.Find(before, known)));
    }

    /// <summary>The next step of the report: look up, ask, search or write down.</summary>
    private static DialogueReply Continue(DialogueTurn turn, ReportTools tools, ReportConversation conversation, EntityList? known)
    {
        ReportField? entityField = tools.Field(ReportFieldKind.Entity);
        if (entityField?.Source is { } source && known is null)
        {
            return turn.Results.Any(result => result.Tool == source.Name)
                ? DialogueReply.Say(ReportTexts.CannotLookUp(conversation.Thing))
                : DialogueReply.Call(source, "{}");
        }

        Report report = conversation.Now;
        IReadOnlyList<Entity> named = known is null ? [] : conversation.Find(report, known);
        Entity? entity = named is [var only] ? only : null;
        Questions missing = Missing(tools, report.Facts, entity);
        if (missing is not Questions.None)
        {
            IReadOnlyList<Entity> candidates = named.Count > 1 ? named : [];
            return DialogueReply.Say(ReportTexts.Ask(ReportTexts.Known(report.Facts, entity), QuestionTexts.Write(missing, conversation.Thing), candidates));
        }

        if (!report.WasSearched && tools.Search is { } search && ReportArguments.TryWrite(search, turn.Tools, report.Facts, entity) is { } wanted)
        {
            return DialogueReply.Call(search, wanted);
        }

        return ReportArguments.TryWrite(tools.Draft, turn.Tools, report.Facts, entity) is { } draft
            ? DialogueReply.Call(tools.Draft, draft)
            : DialogueReply.Say(ReportTexts.Incomplete);
    }

    private static Questions Missing(ReportTools tools, ReportFacts facts, Entity? entity)
    {
        bool hasPlaces = tools.Field(ReportFieldKind.Room) is not null || tools.Field(ReportFieldKind.Place) is not null;
        return (tools.Field(ReportFieldKind.Entity) is not null && entity is null ? Questions.Which : Questions.None)
            | (hasPlaces && !facts.HasPlace ? Questions.Where : Questions.None)
            | (facts.Trouble is null ? Questions.What : Questions.None);
    }
}
