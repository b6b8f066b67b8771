namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Tells the person what the calls gave.</summary>
internal sealed class ToolResultSkill : IDialogueSkill
{
    private const string ErrorMark = "Error";

    public DialogueReply? Reply(DialogueTurn turn) =>
        turn.Results.Count > 0 ? DialogueReply.Say(string.Join("\n\n", turn.Results.Select(Tell))) : null;

    private static string Tell(ToolResult result) => result.Text.StartsWith(ErrorMark, StringComparison.OrdinalIgnoreCase)
        ? $"That did not work. {result.Tool} says: {ResultSummary.Of(result.Text)}"
        : $"Here is what I found: {ResultSummary.Of(result.Text)}";
}
