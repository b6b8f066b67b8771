using ContosoSuites.Local.Models.Dialogue.Text;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>A report as the conversation has it so far, from its first mention until it is saved or dropped.</summary>
internal sealed record Report
{
    private const int LongestBareAnswer = 8;

    /// <summary>What is known of it.</summary>
    public ReportFacts Facts { get; init; } = new();

    /// <summary>All that was stated since it began, the oldest first: somewhere in there the entity is named.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>Whether there is one: the person asked for it, or told of something wrong.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether it is written down and not saved.</summary>
    public bool DraftWaits { get; init; }

    /// <summary>Whether others like it were looked for.</summary>
    public bool WasSearched { get; init; }

    /// <summary>Whether the last message tells of something else while this one still waits for approval.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>The report after another message.</summary>
    /// <param name="text">The message.</param>
    /// <param name="asked">What the model had asked before it.</param>
    /// <param name="choices">The words that tell who reported it.</param>
    public Report With(string text, Questions asked, IReadOnlyList<string> choices)
    {
        IReadOnlyList<string> statements = Sentences.Statements(text);
        bool corrects = UserIntent.Corrects(text);
        bool isDecision = UserIntent.Approves(text) || UserIntent.Declines(text);
        string? room = Last(statements, PlaceText.Room);
        string? place = room is null && (Facts.Room is null || corrects) ? Last(statements, PlaceText.Place) : null;
        string trouble = string.Join(' ', statements.Select(TroubleText.Read).OfType<string>());

        bool isElsewhere = (room is not null && room != Facts.Room) || (place is not null && place != Facts.Place);
        if (DraftWaits && trouble.Length > 0 && isElsewhere && !corrects)
        {
            return this with { IsInterrupted = true };
        }

        if (trouble.Length == 0 && asked is Questions.What && !isDecision && statements.Count > 0)
        {
            trouble = TroubleText.Answer(string.Join(' ', statements)) ?? "";
        }

        bool isShort = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= LongestBareAnswer;
        if (room is null && place is null && trouble.Length == 0 && isShort)
        {
            room = asked.HasFlag(Questions.Where) || DraftWaits ? Last(statements, PlaceText.BareNumber) : null;
            place = room is null && asked is Questions.Where && !isDecision ? Last(statements, PlaceText.Answer) : null;
        }

        ReportFacts facts = Facts with
        {
            Room = place is null ? room ?? Facts.Room : null,
            Place = room is null ? place ?? Facts.Place : null,
            Trouble = corrects && trouble.Length > 0 ? trouble : Append(Facts.Trouble, trouble),
            Choice = ReadChoice(statements, choices, corrects),
        };
        return this with
        {
            Facts = facts,
            Statements = [.. Statements, .. statements.Select(statement => new Statement(statement, asked.HasFlag(Questions.Which)))],
            IsOpen = IsOpen || trouble.Length > 0 || statements.Any(TroubleText.IsRequest),
            IsInterrupted = false,
        };
    }

    private string? ReadChoice(IReadOnlyList<string> statements, IReadOnlyList<string> choices, bool corrects)
    {
        string? said = Last(statements, statement => ChoiceText.Read(choices, statement));
        bool hasLastWord = Facts.Choice is null || corrects || statements.Any(ChoiceText.IsAboutChoice);
        return hasLastWord ? said ?? Facts.Choice : Facts.Choice;
    }

    private static string? Append(string? known, string more) =>
        more.Length == 0 || known?.Contains(more, StringComparison.OrdinalIgnoreCase) == true ? known
        : known is null ? more
        : $"{known} {more}";

    private static string? Last(IReadOnlyList<string> statements, Func<string, string?> read) => statements.Select(read).LastOrDefault(found => found is not null);
}
