using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>One of the texts that a parameter allows, named in the message.</summary>
internal sealed class ChoiceArgument : IArgumentSource
{
    public JsonNode? Read(ToolParameter parameter, string text)
    {
        if (parameter.Choices.Count == 0)
        {
            return null;
        }

        IReadOnlySet<string> said = Words.Of(text);
        return parameter.Choices.FirstOrDefault(choice => Words.Of(choice) is { Count: > 0 } words && words.IsSubsetOf(said));
    }
}
