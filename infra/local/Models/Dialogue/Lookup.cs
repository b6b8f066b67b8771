using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Answers a question by the function that fits it best, after it has listed the things that the function knows by an id.</summary>
/// <remarks>
/// A word that the message shares with a function's name weighs three, with its description one; the part of the name that was said
/// decides between equals; a date weighs for a function that takes one. It fits by one word of its name, or three of its description.
/// </remarks>
internal static class Lookup
{
    private const double Enough = 3;

    public static DialogueReply? Reply(DialogueTurn turn, IEnumerable<ToolDefinition> tools)
    {
        string text = SpokenDates.Rewrite(turn.UserText, turn.SystemText);
        ToolDefinition? tool = tools.MaxBy(tool => Score(tool, text)) is { } best && (turn.MustCallTool || Score(best, text) >= Enough) ? best : null;
        if (!turn.MustCallTool && turn.NewResults is [.., var last] && (tool is null || last.Failed || last.Tool == tool.Name))
        {
            return new DialogueReply(last.Tell(turn.UserText));
        }

        // Who insists on a call gets it with what is known.
        ToolParameter? missing = turn.MustCallTool ? null : tool?.Parameters.FirstOrDefault(parameter => parameter.Required && Read(parameter) is null);
        return tool is null ? null
            : missing is null ? DialogueReply.Calling(tool, Arguments.Fill(tool, Read))
            : turn.SourceOf(missing) is { } source && turn.Known(missing).Count == 0 && turn.NewResults.Count == 0 ? DialogueReply.Calling(source)
            : new DialogueReply(Arguments.Question(missing, turn.Known(missing)));

        JsonNode? Read(ToolParameter parameter) => Arguments.TakesText(parameter) ? turn.UserText : Arguments.Read(parameter, text, turn.Known(parameter));
    }

    private static double Score(ToolDefinition tool, string text)
    {
        IReadOnlySet<string> said = Words.Of(text);
        int inName = tool.NameWords.Count(said.Contains);
        int inDescription = tool.DescriptionWords.Except(tool.NameWords).Count(said.Contains);
        double score = (3 * inName) + inDescription + ((double)inName / Math.Max(1, tool.NameWords.Count));
        return score >= Enough && tool.Parameters.Any(parameter => Arguments.TakesDate(parameter) && Arguments.Read(parameter, text, []) is not null) ? score + 3 : score;
    }
}
