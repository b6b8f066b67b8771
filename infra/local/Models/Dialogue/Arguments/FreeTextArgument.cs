using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>The whole message, for a parameter that asks for one.</summary>
internal sealed class FreeTextArgument : IArgumentSource
{
    private static readonly HashSet<string> Texts = new(
        ["text", "query", "message", "detail", "description", "question", "content", "prompt", "issue", "problem", "input", "topic", "note"],
        StringComparer.Ordinal);

    /// <summary>Whether a parameter asks for a text of any kind.</summary>
    public static bool Takes(ToolParameter parameter) =>
        parameter is { Type: "string", Choices.Count: 0 } && parameter.NameWords.Overlaps(Texts);

    public JsonNode? Read(ToolParameter parameter, string text) => text.Length > 0 && Takes(parameter) ? text : null;
}
