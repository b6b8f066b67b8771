using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>
/// Takes a report over as many messages as it needs: asks for what is missing, looks for others like it, writes it down, shows it, and
/// saves it when the person agrees. It is there where an application has functions that write and save the same thing.
/// </summary>
internal sealed partial class Draft(DialogueTurn turn, ToolDefinition write, ToolDefinition save, ToolDefinition? search)
{
    /// <summary>What has come of the reports so far.</summary>
    public string State =>
        (LastSaved is null ? "" : $"The last request is saved; its id is {LastSaved}. ")
        + (Waits ? "The draft is not saved yet: shall I save it, or is there something to change?"
            : LastSaved is null ? "Nothing is saved yet. Tell me where something needs repair, and what is wrong."
            : "There is no other draft.");

    /// <summary>The functions that have nothing to do with reports.</summary>
    public IEnumerable<ToolDefinition> OtherTools => turn.Tools.Where(tool => tool != write && tool != save && tool != search);

    private DraftFacts Facts => field ??= new DraftFacts(turn, write, Start);

    private ToolResult? Saved => turn.Results.LastOrDefault(result => result.Tool == save.Name && !result.Failed);

    /// <summary>The message that this report begins with, at the earliest.</summary>
    private int Start => 1 + Math.Max(Saved?.Index ?? -1, turn.Said.LastOrDefault(said => said.Cancels)?.Index ?? -1);

    // An application that forgets old messages may say in its system message what they came to.
    private bool Waits => Last(write) is not null || (Start == 0 && Waiting().IsMatch(turn.SystemText));

    private string? LastSaved => Saved?.Id ?? (SavedRequests().Match(turn.SystemText) is { Success: true } list ? list.Groups["id"].Value : null);

    /// <summary>The draft of a conversation; null where the application has no functions for one.</summary>
    public static Draft? Of(DialogueTurn turn)
    {
        ToolDefinition? save = turn.Tools.FirstOrDefault(tool => tool.NameWords.Overlaps(["save", "submit"]) && !tool.Parameters.Any(parameter => parameter.Required));
        return save is not null && Find("create", "draft", "write") is { } write ? new Draft(turn, write, save, Find("find", "search")) : null;

        ToolDefinition? Find(params string[] verbs) => turn.Tools.FirstOrDefault(tool => tool.NameWords.Overlaps(verbs) && tool.NameWords.Overlaps(save.NameWords));
    }

    /// <summary>The reply, or null when the person speaks of something else.</summary>
    public DialogueReply? Reply()
    {
        if (turn.Said is not [.., var said])
        {
            return null;
        }

        return turn.NewResults is [.., var last] && (last.Tool == write.Name || last.Tool == save.Name) ? new DialogueReply(Tell(last))
            : said.Cancels ? new DialogueReply("All right, I have dropped that. It is not saved.")
            : said.Approves && Waits ? DialogueReply.Calling(save)
            : said.Asks || !Facts.Any ? null
            : Facts.Unlisted is { } source ? turn.NewResults.Count == 0 ? DialogueReply.Calling(source) : null
            : Facts.Questions is { Length: > 0 } questions ? new DialogueReply($"{Facts.Noted}{questions}")
            : CallAnew(search) ?? CallAnew(write) ?? new DialogueReply(State);
    }

    /// <summary>Calls a function; null when that was done, and nothing has changed.</summary>
    private DialogueReply? CallAnew(ToolDefinition? tool) =>
        tool is not null && Arguments.Fill(tool, Facts.Read) is var arguments && !JsonNode.DeepEquals(Last(tool)?.Arguments, arguments)
            ? DialogueReply.Calling(tool, arguments)
            : null;

    /// <summary>What a function last did for this report. A search that failed is not made again: it is of help, and no condition.</summary>
    private ToolResult? Last(ToolDefinition tool) =>
        turn.Results.LastOrDefault(result => result.Tool == tool.Name && result.Index >= Start && (!result.Failed || tool == search));

    private string Tell(ToolResult result) =>
        result.Failed ? $"That is not done. {result.Message}"
        : result.Tool == save.Name ? $"{result.Message} The id of the request is {result.Id}."
        : $"Here is the draft:\n{Facts.Noted}"
            + (turn.NewResults.LastOrDefault(other => other.Tool == search?.Name)?.List is [var first, ..] ? $"A recent report sounds similar: {ToolResult.Describe(first)}\n" : "")
            + "It is not saved yet. Is this correct, and shall I save it?";

    [GeneratedRegex(@"\bdraft\b.*\bwaits for approval\b", RegexOptions.IgnoreCase)]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\bsaved requests\b.*[:,] (?<id>[\w-]+)\.", RegexOptions.IgnoreCase)]
    private static partial Regex SavedRequests();
}
