using System.Text;
using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>What the model says of reports.</summary>
internal static class ReportTexts
{
    public const string Dropped = "All right, I have dropped that. Nothing was saved.";
    public const string Declined = "It is not saved. Tell me what to change, or say cancel to drop it.";
    public const string Incomplete = "The application asks for something that I do not know how to ask for, so I can not write this down.";
    public const string Interrupted = "One thing at a time, please: the draft for the other place still waits for your approval and is not saved. "
        + "Say yes to save it or cancel to drop it, then tell me about this one again.";

    public const string Waiting = "The draft still waits for your approval and is not saved. Shall I save it, or is there something to change?";

    private const string Approval = "It is not saved yet. Is this correct, and shall I save it?";

    /// <summary>Asks for what is missing, after what is known.</summary>
    public static string Ask(string known, string questions, IReadOnlyList<Entity> candidates) => candidates.Count == 0
        ? $"{known}{questions}"
        : $"{known}{questions} I know {string.Join(", ", candidates.Select(candidate => candidate.Name))}.";

    /// <summary>What is known, in a line.</summary>
    public static string Known(ReportFacts facts, Entity? entity)
    {
        string?[] parts = [entity?.Name, facts.Room is null ? facts.Place : $"room {facts.Room}", facts.Trouble?.TrimEnd('.')];
        string known = string.Join(", ", parts.OfType<string>());
        return known.Length == 0 ? "" : $"I have noted: {known}. ";
    }

    /// <summary>The draft, field by field, a similar report if there is one, and the question.</summary>
    public static string Draft(IReadOnlyList<ReportField> fields, ReportFacts facts, Entity? entity, string? similar)
    {
        var text = new StringBuilder("Here is the draft:\n");
        foreach (ReportField field in fields)
        {
            string? value = field.Kind is ReportFieldKind.Entity ? entity?.Name : ReportArguments.TextOf(field.Kind, facts);
            if (value is not null)
            {
                text.Append("- ").Append(field.Label).Append(": ").Append(value).Append('\n');
            }
        }

        if (similar is not null)
        {
            text.Append("There is a recent report that sounds similar: ").Append(similar).Append('\n');
        }

        return text.Append(Approval).ToString();
    }

    /// <summary>Why there is nothing to save.</summary>
    public static string NothingWaits(string? lastSaved) => lastSaved is null
        ? "There is nothing to save yet. Tell me which hotel it is, where in it, and what is wrong."
        : $"That is done: the request {lastSaved} is saved, and there is no other draft.";

    public static string NotDrafted(ToolOutcome outcome) => $"I could not write that down. {outcome.Message}";

    public static string Saved(ToolOutcome outcome) => outcome.Succeeded
        ? $"{outcome.Message ?? "Saved."} The id of the request is {outcome.Id}."
        : $"It is not saved. {outcome.Message}";

    /// <summary>The honest answer to whether something was saved.</summary>
    public static string SavedState(bool draftWaits, string? lastSaved) => (draftWaits, lastSaved) switch
    {
        (true, null) => "No, not yet. The draft waits for your approval: shall I save it?",
        (true, _) => $"The request {lastSaved} is saved. The draft after it is not saved yet: it waits for your approval.",
        (false, null) => "No, nothing has been saved in this conversation yet.",
        (false, _) => $"Yes, the last request is saved. Its id is {lastSaved}.",
    };

    /// <summary>The answer to what the id is.</summary>
    public static string IdState(bool draftWaits, string? lastSaved) => lastSaved is null
        ? "There is no id yet, because nothing has been saved."
        : $"The id of the last saved request is {lastSaved}.{(draftWaits ? " The draft that waits for approval has none yet." : "")}";

    public static string CannotLookUp(string thing) => $"I can not look up the {thing} list at the moment, so nothing was written down or saved. Please try again.";
}
