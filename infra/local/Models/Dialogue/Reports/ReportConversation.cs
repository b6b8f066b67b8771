using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>Reads what a conversation says of reports: what was told, written down, saved and dropped.</summary>
internal sealed partial class ReportConversation
{
    private readonly ReportTools _tools;
    private readonly IReadOnlyList<string> _choices;
    private readonly List<string> _saved = [];
    private readonly List<Statement> _allStatements = [];
    private bool _dropped;

    private ReportConversation(ReportTools tools)
    {
        _tools = tools;
        _choices = tools.Field(ReportFieldKind.Choice)?.Choices ?? [];
        Thing = tools.Field(ReportFieldKind.Entity)?.Label.ToLowerInvariant() ?? "thing";
    }

    /// <summary>What reports are about: "hotel".</summary>
    public string Thing { get; }

    /// <summary>The report with everything that was said.</summary>
    public Report Now { get; private set; } = new();

    /// <summary>The report before the person's last message.</summary>
    public Report Before { get; private set; } = new();

    /// <summary>What the model had asked before that message.</summary>
    public Questions Asked { get; private set; }

    /// <summary>Whether a draft waits for approval.</summary>
    public bool DraftWaits { get; private set; }

    /// <summary>The id of the report that was saved last; null where none was.</summary>
    public string? LastSaved { get; private set; }

    public static ReportConversation Read(DialogueTurn turn, ReportTools tools)
    {
        var conversation = new ReportConversation(tools);
        var calls = new Dictionary<string, string>(StringComparer.Ordinal);
        string said = "";
        foreach (ChatMessage message in turn.Messages)
        {
            switch (message.Role)
            {
                case ChatRole.User:
                    conversation.Hear(message.Text, QuestionTexts.Read(said, conversation.Thing));
                    break;
                case ChatRole.Assistant:
                    said = message.Text.Length > 0 ? message.Text : said;
                    foreach (ToolCall call in message.ToolCalls)
                    {
                        calls[call.Id] = call.Name;
                    }

                    break;
                case ChatRole.Tool:
                    conversation.Note(calls[message.ToolCallId!], ToolOutcome.Of(message.Text));
                    break;
            }
        }

        conversation.ReadState(turn.SystemText);
        return conversation;
    }

    /// <summary>The entities that a report could be about, by what was said of it: one, none, or several that sound alike.</summary>
    public IReadOnlyList<Entity> Find(Report report, EntityList known)
    {
        IReadOnlyList<Entity> named = Latest(report.Statements, known);
        return named.Count == 0 && report.Statements.Any(statement => Same().IsMatch(statement.Text)) ? Latest(_allStatements, known) : named;
    }

    private static IReadOnlyList<Entity> Latest(IEnumerable<Statement> statements, EntityList known) =>
        statements.Reverse().Select(statement => known.Named(statement.Text, statement.AnswersWhich)).FirstOrDefault(named => named.Count > 0) ?? [];

    private void Hear(string text, Questions asked)
    {
        Before = Now;
        Asked = asked;
        if (UserIntent.Cancels(text))
        {
            _dropped = true;
            Now = new Report();
            return;
        }

        Now = Now.With(text, asked, _choices);
        _allStatements.AddRange(Now.Statements.Skip(Before.Statements.Count));
    }

    private void Note(string tool, ToolOutcome outcome)
    {
        if (tool == _tools.Search?.Name)
        {
            Now = Now with { WasSearched = true };
        }
        else if (tool == _tools.Draft.Name && outcome.Succeeded)
        {
            _dropped = false;
            Now = Now with { DraftWaits = true };
        }
        else if (tool == _tools.Save.Name && outcome.Succeeded)
        {
            _saved.Add(outcome.Id ?? "");
            Now = new Report();
        }
    }

    /// <summary>An application that forgets old messages may say in its system message what they came to.</summary>
    private void ReadState(string systemText)
    {
        DraftWaits = Now.DraftWaits || (!_dropped && _saved.Count == 0 && WaitingDraft().IsMatch(systemText));
        LastSaved = _saved.LastOrDefault()
            ?? (SavedReports().Match(systemText) is { Success: true } list ? list.Groups["id"].Captures[^1].Value : null);
    }

    [GeneratedRegex(@"\bsame\b|\bthat hotel\b|\bthere too\b|\balso there\b", RegexOptions.IgnoreCase)]
    private static partial Regex Same();

    [GeneratedRegex(@"\bdraft\b.*\bwaits for approval\b", RegexOptions.IgnoreCase)]
    private static partial Regex WaitingDraft();

    [GeneratedRegex(@"\bsaved (?:requests|reports)\b[^:\r\n]*:\s*(?<id>[\w-]+)(?:,\s*(?<id>[\w-]+))*", RegexOptions.IgnoreCase)]
    private static partial Regex SavedReports();
}
