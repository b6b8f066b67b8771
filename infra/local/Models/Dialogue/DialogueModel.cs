using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Skills;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>
/// The model behind the chat operation: fixed rules in place of a neural network. The first skill that has a reply gives
/// it, so the order is from the most particular to the most general.
/// </summary>
internal sealed class DialogueModel(IReadOnlyList<IDialogueSkill> skills)
{
    public static DialogueModel Create() => new(
    [
        new ForcedCallSkill(),
        new ReportSkill(),
        new EntityNameSkill(),
        new LookupSkill(),
        new ToolResultSkill(),
        new ToolCallSkill(),
        new GreetingSkill(),
        new IdentitySkill(),
        new ThanksSkill(),
        new ReportReminderSkill(),
        new HotelTopicSkill(),
    ]);

    public DialogueReply Reply(ChatRequest request)
    {
        var turn = DialogueTurn.From(request);
        DialogueReply reply = skills.Select(skill => skill.Reply(turn)).FirstOrDefault(reply => reply is not null) ?? LastResort.Reply(turn);
        return reply.Text is { } text && request.AnswerFormat is { } format
            ? DialogueReply.Say(StructuredAnswer.Write(text, format))
            : reply;
    }
}
