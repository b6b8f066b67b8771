using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

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
