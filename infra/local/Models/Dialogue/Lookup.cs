using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Answers a question by the function that fits it best, after it has listed the things that the function knows by an id.</summary>
/// <remarks>
/// A word that the message shares with a function's name weighs three, with its description one; of two functions that
/// share the same words the one whose name holds fewer others is closer; a date weighs for one that takes a date. A function
/// fits when it shares a word of its name, or three of its description.
/// </remarks>
internal static class Lookup
{
    private const double Enough = 3;

    public static DialogueReply? Reply(DialogueTurn turn, IEnumerable<ToolDefinition> tools)
    {
        string text = SpokenDates.Rewrite(turn.UserText, turn.SystemText);
        ToolDefinition? tool = tools.MaxBy(tool => Score(tool, text));
        if (tool is not null && turn.MustCallTool)
        {
            return DialogueReply.Calling(tool, Arguments.Fill(tool, Read));
        }

        tool = tool is not null && Score(tool, text) >= Enough ? tool : null;
        if (turn.NewResults is [.., var last] && (tool is null || last.Failed || last.Tool == tool.Name))
        {
            return new DialogueReply(last.Tell(turn.UserText));
        }

        ToolParameter? missing = tool?.Parameters.FirstOrDefault(parameter => parameter.Required && Read(parameter) is null);
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
        return score >= Enough && Arguments.HasDate(text) && tool.Parameters.Any(Arguments.TakesDate) ? score + 3 : score;
    }
}
