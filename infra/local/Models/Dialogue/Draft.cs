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

/// <summary>What a report is about, from what was stated since it began.</summary>
/// <remarks>
/// Of names, numbers and choices the last that was said counts; a name outlives its report, since who goes on to the next
/// trouble is mostly in the same hotel. What is wrong is every sentence that says more than these, in the person's own words.
/// </remarks>
internal sealed class DraftFacts(DialogueTurn turn, ToolDefinition write, int start)
{
    private const string Where = "Which room or place is it?";
    private const int LongestAnswer = 4;

    /// <summary>Words that a report is talked about with, and that say nothing of what is wrong.</summary>
    private static readonly IReadOnlySet<string> Phrases = Words.Of(
        """
        yes yep sure ok okay correct perfect good fine right go ahead save submit look thank hello hi hey morning sorry actually wait yet
        later change instead need want help file make report reported reporting issue problem say don s t m now
        """);

    private readonly Utterance[] _recent = [.. turn.Said.Where(said => said.Index >= start)];
    private readonly HashSet<string> _ordinary =
        [.. Phrases, .. write.NameWords, .. write.Parameters.SelectMany(parameter => parameter.NameWords.Concat(Arguments.Choices(parameter).SelectMany(Words.Of)))];

    /// <summary>The function that lists what the report can be about, where that was not called yet.</summary>
    public ToolDefinition? Unlisted => write.Parameters.Where(parameter => turn.Known(parameter).Count == 0).Select(turn.SourceOf).FirstOrDefault(source => source is not null);

    /// <summary>Whether anything was stated that a report is made of, or that asks for one.</summary>
    public bool Any => _recent.SelectMany(said => said.Statements).Any(sentence => !Words.Of(sentence).IsSubsetOf(Phrases));

    /// <summary>What is known, line by line.</summary>
    public string Noted => string.Concat(
        from parameter in write.Parameters
        let value = Read(parameter)
        where value is not null
        select $"- {Arguments.Label(parameter)}: {turn.Known(parameter).FirstOrDefault(entity => JsonNode.DeepEquals(entity.Id, value))?.Name ?? $"{value}"}\n");

    /// <summary>The questions for what is missing; empty where all is there.</summary>
    public string Questions => string.Join(' ', write.Parameters
        .Where(parameter => parameter.Required && Read(parameter) is null)
        .Select(parameter => Arguments.Question(parameter, turn.Known(parameter)))
        .Concat(write.Parameters.Any(IsPlace) && !write.Parameters.Any(parameter => IsPlace(parameter) && Read(parameter) is not null) ? [Where] : []));

    /// <summary>The value of a parameter; null where nothing was said of it.</summary>
    public JsonNode? Read(ToolParameter parameter) =>
        Arguments.TakesText(parameter) ? ReadTrouble()
        : (parameter.NameWords.Contains("id") ? turn.Said : _recent).SelectMany(said => said.Statements).Reverse()
            .Select(sentence => Arguments.Read(parameter, sentence, turn.Known(parameter), bare: IsPlace(parameter) && !SaysMore(sentence)))
            .FirstOrDefault(value => value is not null)
            ?? (IsPlace(parameter) && !Arguments.TakesNumber(parameter) ? _recent.LastOrDefault(IsPlaceAnswer)?.Text : null);

    private string? ReadTrouble() => _recent
        .Where(said => !said.Asks && !IsPlaceAnswer(said))
        .Select(said => (said.Corrects, Text: string.Join(' ', said.Statements.Where(SaysMore))))
        .Where(more => more.Text.Length > 0)
        .Aggregate((string?)null, (told, more) => told is null || more.Corrects ? more.Text : told.Contains(more.Text, StringComparison.Ordinal) ? told : $"{told} {more.Text}");

    /// <summary>"The main lift", where all else was known.</summary>
    private bool IsPlaceAnswer(Utterance said) => said.Before.EndsWith($"\n{Where}", StringComparison.Ordinal)
        && Words.In(said.Text).Count() <= LongestAnswer && SaysMore(said.Text);

    /// <summary>Whether a sentence says more than names, numbers and choices.</summary>
    private bool SaysMore(string sentence) => Words.Of(sentence)
        .Except(_ordinary)
        .Except(Entity.Named([.. write.Parameters.SelectMany(turn.Known)], sentence).SelectMany(entity => Words.Of(entity.Description)))
        .Any(word => !char.IsDigit(word[0]));

    private static bool IsPlace(ToolParameter parameter) => parameter.NameWords.Overlaps(["room", "location", "place"]);
}
