using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Arguments;
using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>
/// Functions that together take a report: one writes it down, one saves what was written down. Recognized by what they are
/// called and take, so any application with such a pair can have this conversation.
/// </summary>
internal sealed class ReportTools
{
    private static readonly IReadOnlySet<string> Drafting = Words.Of("create draft write prepare compose open");
    private static readonly IReadOnlySet<string> Saving = Words.Of("save submit store confirm commit");
    private static readonly IReadOnlySet<string> Searching = Words.Of("find search similar lookup");

    private ReportTools(ToolDefinition draft, ToolDefinition save, ToolDefinition? search, IReadOnlyList<ToolDefinition> all)
    {
        Draft = draft;
        Save = save;
        Search = search;
        Fields = [.. draft.Parameters.Select(parameter => ReportField.Of(parameter, all))];
    }

    /// <summary>Writes a report down; it takes a text and other things.</summary>
    public ToolDefinition Draft { get; }

    /// <summary>Saves what was written down; it needs nothing.</summary>
    public ToolDefinition Save { get; }

    /// <summary>Finds reports like this one, where the application can do that.</summary>
    public ToolDefinition? Search { get; }

    /// <summary>What a report consists of.</summary>
    public IReadOnlyList<ReportField> Fields { get; }

    /// <summary>The functions, or null where there is no such pair.</summary>
    public static ReportTools? Find(IReadOnlyList<ToolDefinition> tools)
    {
        ToolDefinition? draft = tools.FirstOrDefault(tool => Does(tool, Drafting) && tool.Parameters.Any(FreeTextArgument.Takes));
        ToolDefinition? save = tools.FirstOrDefault(tool => Does(tool, Saving) && !tool.Parameters.Any(parameter => parameter.Required));
        return draft is null || save is null || !draft.NameWords.Overlaps(save.NameWords)
            ? null
            : new ReportTools(
                draft,
                save,
                tools.FirstOrDefault(tool => Does(tool, Searching) && draft.NameWords.Overlaps(tool.NameWords) && tool.Parameters.Any(FreeTextArgument.Takes)),
                tools);
    }

    /// <summary>Whether a report can say this.</summary>
    public ReportField? Field(ReportFieldKind kind) => Fields.FirstOrDefault(field => field.Kind == kind);

    /// <summary>The entities that a report can be about, where they have been listed in the conversation.</summary>
    public EntityList? Entities(DialogueTurn turn) => Field(ReportFieldKind.Entity)?.Source is { } source ? turn.Listed(source) : null;

    /// <summary>Whether a function is one of these.</summary>
    public bool Contains(ToolDefinition tool) => tool == Draft || tool == Save || tool == Search;

    private static bool Does(ToolDefinition tool, IReadOnlySet<string> verbs) => tool.NameWords.Overlaps(verbs);
}
