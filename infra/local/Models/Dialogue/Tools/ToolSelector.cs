using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Arguments;

namespace ContosoSuites.Local.Models.Dialogue.Tools;

/// <summary>Picks the function that fits what the person said.</summary>
/// <remarks>
/// A word that the message shares with a function's name weighs three, with its description one; of two functions that
/// share the same words the one whose name holds fewer others is closer; a date weighs for one that takes a date. A function
/// fits when it shares a word of its name, or three of its description.
/// </remarks>
internal static class ToolSelector
{
    private const double NameWeight = 3;
    private const double DateWeight = 3;
    private const double Enough = 3;

    /// <summary>The best function of those that fit and whose required parameters the text can fill; null for none.</summary>
    public static (ToolDefinition Tool, string Arguments)? Select(IReadOnlyList<ToolDefinition> tools, string text)
    {
        foreach (ToolDefinition tool in Rank(tools, text))
        {
            if (ArgumentFiller.TryFill(tool, text) is { } arguments)
            {
                return (tool, arguments);
            }
        }

        return null;
    }

    /// <summary>The functions that fit, the best first, whether their parameters can be filled or not.</summary>
    public static IEnumerable<ToolDefinition> Rank(IReadOnlyList<ToolDefinition> tools, string text)
    {
        IReadOnlySet<string> said = Words.Of(text);
        bool hasDate = DateArgument.IsIn(text);
        return tools
            .Select(tool => (Tool: tool, Score: Score(tool, said), Bonus: hasDate && tool.Parameters.Any(DateArgument.Takes) ? DateWeight : 0))
            .Where(candidate => candidate.Score >= Enough)
            .OrderByDescending(candidate => candidate.Score + candidate.Bonus)
            .Select(candidate => candidate.Tool);
    }

    /// <summary>The closest function, whether it fits or not.</summary>
    public static ToolDefinition Closest(IReadOnlyList<ToolDefinition> tools, string text)
    {
        IReadOnlySet<string> said = Words.Of(text);
        return tools.MaxBy(tool => Score(tool, said))!;
    }

    private static double Score(ToolDefinition tool, IReadOnlySet<string> said)
    {
        IReadOnlySet<string> name = tool.NameWords;
        int inName = name.Count(said.Contains);
        int inDescription = tool.DescriptionWords.Except(name).Count(said.Contains);
        double closeness = name.Count == 0 ? 0 : (double)inName / name.Count;
        return (inName * NameWeight) + inDescription + closeness;
    }
}
