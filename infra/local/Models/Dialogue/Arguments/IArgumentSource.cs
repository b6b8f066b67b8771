using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>Finds one kind of value in a text.</summary>
internal interface IArgumentSource
{
    /// <summary>The parameter's value, or null when the text holds none of this kind or the parameter takes another.</summary>
    public JsonNode? Read(ToolParameter parameter, string text);
}
