using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Gives the exact name of something that was named in short, in this message or before.</summary>
internal sealed partial class EntityNameSkill : IDialogueSkill
{
    public DialogueReply? Reply(DialogueTurn turn)
    {
        if (!Question().IsMatch(turn.UserText))
        {
            return null;
        }

        IReadOnlySet<string> said = Words.Of(turn.UserText);
        ToolDefinition? source = turn.Tools.FirstOrDefault(tool => tool.Parameters.Count == 0 && tool.NameWords is { Count: > 0 } thing && thing.IsSubsetOf(said));
        if (source is null)
        {
            return null;
        }

        if (turn.Listed(source) is not { } known)
        {
            return turn.Results.Count == 0 ? DialogueReply.Call(source, "{}") : null;
        }

        IReadOnlyList<Entity> named = EntityMention.Latest(turn, known);
        return DialogueReply.Say(named switch
        {
            [] => $"I do not know which one you mean. There are {string.Join(", ", known.All.Select(entity => entity.Description))}.",
            [var only] => $"The exact name is {only.Name}.{(only.Facts.Count > 0 ? $" It is in {string.Join(", ", only.Facts)}." : "")}",
            _ => $"It could be one of these: {string.Join("; ", named.Select(entity => entity.Description))}.",
        });
    }

    [GeneratedRegex(@"\b(?:exact|full|official|correct|complete|proper|right)\s+name\b|\bwhat(?: is|'s)\s+(?:\w+\s+){0,3}name of\b", RegexOptions.IgnoreCase)]
    private static partial Regex Question();
}
