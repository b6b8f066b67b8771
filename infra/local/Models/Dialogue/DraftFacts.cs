using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What a report is about, from what was stated since it began.</summary>
/// <remarks>
/// Of names, numbers and choices the last that was said counts; a name outlives its report, since who goes on to the next
/// trouble is mostly in the same hotel. What is wrong is every sentence that says more than these, in the person's own words.
/// </remarks>
internal sealed class DraftFacts
{
    private const string Where = "Which room or place is it?";
    private const int LongestAnswer = 4;

    /// <summary>Words that a report is talked about with, and that say nothing of what is wrong.</summary>
    private static readonly IReadOnlySet<string> Phrases = Words.Of(
        """
        yes yep sure ok okay correct perfect good fine right go ahead save submit look thank hello hi hey morning sorry actually wait yet
        later change instead need want help file make report reported reporting issue problem say don s t m now
        """);

    private static readonly IReadOnlySet<string> Places = Words.Of("room location place");

    private readonly DialogueTurn _turn;
    private readonly ToolDefinition _write;
    private readonly IReadOnlyList<Entity> _known;
    private readonly HashSet<string> _ordinary;
    private readonly List<Utterance> _all = [];
    private readonly List<Utterance> _recent = [];

    /// <param name="turn">The turn.</param>
    /// <param name="write">The function that writes a report down.</param>
    /// <param name="start">The message that the report begins with.</param>
    public DraftFacts(DialogueTurn turn, ToolDefinition write, int start)
    {
        _turn = turn;
        _write = write;
        _known = [.. write.Parameters.SelectMany(turn.Known)];
        _ordinary = [.. Phrases, .. write.NameWords, .. write.Parameters.SelectMany(parameter => parameter.NameWords.Concat(Arguments.Choices(parameter).SelectMany(Words.Of)))];
        string before = "";
        foreach ((int index, ChatMessage message) in turn.Messages.Index())
        {
            before = message is { Role: ChatRole.Assistant, Text.Length: > 0 } ? message.Text : before;
            if (message.Role is ChatRole.User)
            {
                var said = new Utterance(message.Text, before);
                _all.Add(said);
                _recent.AddRange(index >= start ? [said] : []);
            }
        }
    }

    /// <summary>The function that lists what the report can be about, where that was not called yet.</summary>
    public ToolDefinition? Unlisted => _write.Parameters.Where(parameter => _turn.Known(parameter).Count == 0).Select(_turn.SourceOf).FirstOrDefault(source => source is not null);

    /// <summary>Whether anything was stated that a report is made of, or that asks for one.</summary>
    public bool Any => _recent.SelectMany(said => said.Statements).Any(sentence => !Words.Of(sentence).IsSubsetOf(Phrases));

    /// <summary>What is known, line by line.</summary>
    public string Noted => string.Concat(Arguments.Fill(_write, Read).Select(argument => $"- {Arguments.Label(argument.Key)}: {NameOf(argument.Value!)}\n"));

    /// <summary>The questions for what is missing; empty where all is there.</summary>
    public string Questions
    {
        get
        {
            IEnumerable<string> missing = _write.Parameters
                .Where(parameter => parameter.Required && Read(parameter) is null)
                .Select(parameter => Arguments.Question(parameter, _turn.Known(parameter)));
            ToolParameter[] places = [.. _write.Parameters.Where(IsPlace)];
            return string.Join(' ', missing.Concat(places.Length > 0 && places.All(place => Read(place) is null) ? [Where] : []));
        }
    }

    /// <summary>The value of a parameter; null where nothing was said of it.</summary>
    public JsonNode? Read(ToolParameter parameter)
    {
        if (Arguments.TakesText(parameter))
        {
            return ReadTrouble();
        }

        bool isPlace = IsPlace(parameter);
        return (parameter.NameWords.Contains("id") ? _all : _recent).SelectMany(said => said.Statements).Reverse()
            .Select(sentence => Arguments.Read(parameter, sentence, _turn.Known(parameter), bare: isPlace && !SaysMore(sentence)))
            .FirstOrDefault(value => value is not null)
            ?? (isPlace && !Arguments.TakesNumber(parameter) ? _recent.LastOrDefault(said => said.Before.EndsWith(Where, StringComparison.Ordinal) && IsAnswer(said))?.Text : null);
    }

    private string? ReadTrouble()
    {
        string? trouble = null;
        foreach (Utterance said in _recent.Where(said => !said.Asks && !IsAnswer(said)))
        {
            string more = string.Join(' ', said.Statements.Where(SaysMore));
            trouble = more.Length == 0 || trouble?.Contains(more, StringComparison.Ordinal) == true ? trouble
                : trouble is null || said.Corrects ? more
                : $"{trouble} {more}";
        }

        return trouble;
    }

    /// <summary>Whether it answers in few words which hotel or place it is, and says nothing of what is wrong.</summary>
    private bool IsAnswer(Utterance said) => said.Before.EndsWith('?') && said.Before.Contains("Which ", StringComparison.Ordinal)
        && !_write.Parameters.Where(Arguments.TakesText).Any(text => said.Before.Contains(Arguments.Question(text, []), StringComparison.Ordinal))
        && Words.In(said.Text).Count() <= LongestAnswer && SaysMore(said.Text);

    /// <summary>Whether a sentence says more than names, numbers and choices.</summary>
    private bool SaysMore(string sentence) => Words.Of(sentence)
        .Except(_ordinary)
        .Except(Entity.Named(_known, sentence).SelectMany(entity => Words.Of(entity.Description)))
        .Any(word => !char.IsDigit(word[0]));

    private string NameOf(JsonNode value) => _known.FirstOrDefault(entity => JsonNode.DeepEquals(entity.Id, value))?.Name ?? value.ToString();

    private static bool IsPlace(ToolParameter parameter) => parameter.NameWords.Overlaps(Places);
}
