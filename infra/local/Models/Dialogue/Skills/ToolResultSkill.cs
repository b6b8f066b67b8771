using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Tells the person what the calls gave.</summary>
internal sealed class ToolResultSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn) =>
        turn.Results.Count > 0 ? DialogueReply.Say(string.Join("\n\n", turn.Results.Select(result => Tell(result, turn.UserText)))) : null;

    private static string Tell(ToolResult result, string question)
    {
        if (ToolOutcome.Of(result.Text) is { Succeeded: false } failure)
        {
            return failure.Explain(result.Tool);
        }

        // A list of named things is cut down to those whose city, or what else is known of them, was asked for.
        return EntityList.TryRead(result.Text) is { } list && list.WithFactsIn(question) is { Count: > 0 } wanted
            ? $"I found {wanted.Count} of {list.All.Count}: {string.Join("; ", wanted.Select(entity => entity.Description))}."
            : $"Here is what I found: {ResultSummary.Of(result.Text)}";
    }
}
