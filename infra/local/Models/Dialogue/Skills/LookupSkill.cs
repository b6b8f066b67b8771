using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Arguments;
using ContosoSuites.Local.Models.Dialogue.Entities;
using ContosoSuites.Local.Models.Dialogue.Reports;
using ContosoSuites.Local.Models.Dialogue.Text;
using ContosoSuites.Local.Models.Dialogue.Tools;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>
/// Answers a question about something that has a name, by functions that know it by an id: it lists the things, finds the one
/// that is meant, and calls the function that fits the question best.
/// </summary>
internal sealed partial class LookupSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn)
    {
        ReportTools? reportTools = ReportTools.Find(turn.Tools);
        string text = SpokenDates.Rewrite(turn.UserText, SpokenDates.Today(turn.SystemText));
        ToolDefinition? best = ToolSelector.Rank([.. turn.Tools.Where(tool => reportTools?.Contains(tool) != true)], text).FirstOrDefault();
        if (best?.Parameters.FirstOrDefault(parameter => parameter.Required && EntitySource.For(parameter, turn.Tools) is not null) is not { } parameter)
        {
            return null;
        }

        if (turn.Results.LastOrDefault(result => result.Tool == best.Name) is { } result)
        {
            return DialogueReply.Say(Tell(turn, best, result.Text));
        }

        if (LabelledId(parameter, text) is { } id)
        {
            return Call(best, text, parameter, id);
        }

        ToolDefinition source = EntitySource.For(parameter, turn.Tools)!;
        if (turn.Listed(source) is not { } known)
        {
            // A list that could not be had is told by the skill for results.
            return turn.Results.Count == 0 ? DialogueReply.Call(source, "{}") : null;
        }

        IReadOnlyList<Entity> named = known.Named(text) is { Count: > 0 } direct ? direct
            : known.WithFactsIn(text) is { Count: > 0 } described ? described
            : Refers().IsMatch(text) ? EntityMention.Latest(turn, known)
            : [];
        return named is [var only]
            ? Call(best, text, parameter, only.Id)
            : DialogueReply.Say(
                $"Which {EntitySource.ThingOf(parameter)} do you mean? {(named.Count > 1 ? "It could be" : "I know")} "
                + $"{string.Join("; ", (named.Count > 1 ? named : known.All).Select(entity => entity.Description))}.");
    }

    /// <summary>The id that stands in the text itself, as in "hotel 3".</summary>
    private static JsonNode? LabelledId(ToolParameter parameter, string text) => new NumberArgument().Read(parameter with { Required = false }, text);

    private static DialogueReply? Call(ToolDefinition tool, string text, ToolParameter parameter, JsonNode id)
    {
        var given = new Dictionary<string, JsonNode>(StringComparer.Ordinal) { [parameter.Name] = id };
        return ArgumentFiller.TryFill(tool, text, given) is { } arguments ? DialogueReply.Call(tool, arguments) : null;
    }

    private static string Tell(DialogueTurn turn, ToolDefinition tool, string result)
    {
        if (ToolOutcome.Of(result) is { Succeeded: false } failure)
        {
            return failure.Explain(tool.Name);
        }

        return HowMany().IsMatch(turn.UserText) && CountedList.TryRead(result) is { } list
            ? list.Describe(turn.LastArgumentsOf(tool))
            : $"Here is what I found: {ResultSummary.Of(result)}";
    }

    [GeneratedRegex(@"\b(?:that|this|the same|those|its?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Refers();

    [GeneratedRegex(@"\b(?:how many|number of|count)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HowMany();
}
