using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>
/// Takes a report over as many messages as it needs: asks for what is missing, looks for others like it, writes it down, shows it, and
/// saves it when the person agrees. It is there where an application has functions that write and save the same thing.
/// </summary>
internal sealed partial class Draft
{
    private static readonly IReadOnlySet<string> Writing = Words.Of("create draft write");
    private static readonly IReadOnlySet<string> Saving = Words.Of("save submit");
    private static readonly IReadOnlySet<string> Searching = Words.Of("find search");

    private readonly DialogueTurn _turn;
    private readonly ToolDefinition _write;
    private readonly ToolDefinition _save;
    private readonly ToolDefinition? _search;
    private readonly DraftFacts _facts;
    private readonly ToolResult[] _results;
    private readonly bool _waits;
    private readonly string? _lastSaved;

    private Draft(DialogueTurn turn, ToolDefinition write, ToolDefinition save, ToolDefinition? search)
    {
        (_turn, _write, _save, _search) = (turn, write, save, search);
        ToolResult? saved = turn.Results.LastOrDefault(result => result.Tool == save.Name && !result.Failed);
        int cancelled = turn.Messages.ToList().FindLastIndex(message => message.Role is ChatRole.User && new Utterance(message.Text).Cancels);
        int start = Math.Max(saved?.Index ?? -1, cancelled) + 1;
        _facts = new DraftFacts(turn, write, start);
        _results = [.. turn.Results.Where(result => result.Index >= start)];

        // An application that forgets old messages may say in its system message what they came to.
        _waits = _results.Any(result => result.Tool == write.Name && !result.Failed) || (start == 0 && Waiting().IsMatch(turn.SystemText));
        _lastSaved = saved?.Id ?? (SavedReports().Match(turn.SystemText) is { Success: true } list ? list.Groups["id"].Value : null);
    }

    /// <summary>What has come of the reports so far.</summary>
    public string State =>
        (_lastSaved is null ? "" : $"The last request is saved; its id is {_lastSaved}. ")
        + (_waits ? "The draft is not saved yet: shall I save it, or is there something to change?"
            : _lastSaved is null ? "Nothing is saved yet. Tell me where something needs repair, and what is wrong."
            : "There is no other draft.");

    /// <summary>The functions that have nothing to do with reports.</summary>
    public IEnumerable<ToolDefinition> OtherTools => _turn.Tools.Where(tool => tool != _write && tool != _save && tool != _search);

    /// <summary>The draft of a conversation; null where the application has no functions for one.</summary>
    public static Draft? Of(DialogueTurn turn)
    {
        ToolDefinition? save = turn.Tools.FirstOrDefault(tool => tool.NameWords.Overlaps(Saving) && !tool.Parameters.Any(parameter => parameter.Required));
        return save is not null && Find(Writing) is { } write ? new Draft(turn, write, save, Find(Searching)) : null;

        ToolDefinition? Find(IReadOnlySet<string> verbs) =>
            turn.Tools.FirstOrDefault(tool => tool.NameWords.Overlaps(verbs) && tool.NameWords.Overlaps(save.NameWords));
    }

    /// <summary>The reply, or null when the person speaks of something else.</summary>
    public DialogueReply? Reply()
    {
        if (_turn.NewResults is [.., var last] && (last.Tool == _write.Name || last.Tool == _save.Name))
        {
            return new DialogueReply(Tell(last));
        }

        var said = new Utterance(_turn.UserText);
        return said.Cancels ? new DialogueReply("All right, I have dropped that. It is not saved.")
            : said.Approves && _waits ? DialogueReply.Calling(_save)
            : said.Asks || !_facts.Any ? null
            : _facts.Unlisted is { } source ? _turn.NewResults.Count == 0 ? DialogueReply.Calling(source) : null
            : _facts.Questions is { Length: > 0 } questions ? new DialogueReply($"{_facts.Noted}{questions}")
            : Call(_search) ?? Call(_write) ?? new DialogueReply(State);
    }

    /// <summary>Calls a function; null when that was done, and nothing has changed.</summary>
    private DialogueReply? Call(ToolDefinition? tool)
    {
        if (tool is null)
        {
            return null;
        }

        JsonObject arguments = Arguments.Fill(tool, _facts.Read);
        ToolResult? before = _results.LastOrDefault(result => result.Tool == tool.Name && (!result.Failed || tool == _search));
        return JsonNode.DeepEquals(before?.Arguments, arguments) ? null : DialogueReply.Calling(tool, arguments);
    }

    private string Tell(ToolResult result)
    {
        if (result.Failed || result.Tool == _save.Name)
        {
            return result.Failed ? $"That is not done. {result.Message}" : $"{result.Message} The id of the request is {result.Id}.";
        }

        JsonArray? similar = _turn.NewResults.LastOrDefault(other => other.Tool == _search?.Name)?.List;
        return $"Here is the draft:\n{_facts.Noted}"
            + (similar is [var first, ..] ? $"There is a recent report that sounds similar: {ToolResult.Describe(first)}\n" : "")
            + "It is not saved yet. Is this correct, and shall I save it?";
    }

    [GeneratedRegex(@"\bdraft\b.*\bwaits for approval\b", RegexOptions.IgnoreCase)]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\bsaved requests\b.*[:,] (?<id>[\w-]+)\.", RegexOptions.IgnoreCase)]
    private static partial Regex SavedReports();
}
