using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>The one thing that a message puts into quotation marks, for a text that must be given.</summary>
internal sealed partial class QuotedArgument : IArgumentSource
{
    public JsonNode? Read(ToolParameter parameter, string text)
    {
        if (parameter is not { Type: "string", Required: true, Choices.Count: 0 })
        {
            return null;
        }

        return Quoted().Matches(text) is [var only] ? only.Groups[1].Value : null;
    }

    [GeneratedRegex("[\"“]([^\"“”]+)[\"”]")]
    private static partial Regex Quoted();
}
