using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Arguments;

namespace ContosoSuites.Local.Models.Dialogue.Tools;

/// <summary>Fills a function's parameters from what the person said.</summary>
internal static class ArgumentFiller
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly IReadOnlyList<IArgumentSource> Sources =
    [
        new ChoiceArgument(),
        new DateArgument(),
        new NumberArgument(),
        new QuotedArgument(),
        new NameArgument(),
        new FreeTextArgument(),
    ];

    /// <summary>The arguments as JSON, or null when a required parameter stays empty.</summary>
    /// <param name="tool">The function.</param>
    /// <param name="text">What the person said.</param>
    /// <param name="given">Values that are known already, by their parameter.</param>
    public static string? TryFill(ToolDefinition tool, string text, IReadOnlyDictionary<string, JsonNode>? given = null)
    {
        var arguments = new JsonObject();
        foreach (ToolParameter parameter in tool.Parameters)
        {
            if ((given?.GetValueOrDefault(parameter.Name)?.DeepClone() ?? Find(parameter, text)) is { } value)
            {
                arguments[parameter.Name] = value;
            }
            else if (parameter.Required)
            {
                return null;
            }
        }

        return Write(arguments);
    }

    /// <summary>The arguments as JSON, with a placeholder for each required parameter that stays empty.</summary>
    public static string Fill(ToolDefinition tool, string text)
    {
        var arguments = new JsonObject();
        foreach (ToolParameter parameter in tool.Parameters)
        {
            JsonNode? value = Find(parameter, text);
            if (value is not null || parameter.Required)
            {
                arguments[parameter.Name] = value ?? Placeholder(parameter, text);
            }
        }

        return Write(arguments);
    }

    /// <summary>Arguments as they are sent.</summary>
    public static string Write(JsonObject arguments) => arguments.ToJsonString(Options);

    private static JsonNode? Find(ToolParameter parameter, string text) =>
        Sources.Select(source => source.Read(parameter, text)).FirstOrDefault(value => value is not null);

    private static JsonNode Placeholder(ToolParameter parameter, string text) => parameter switch
    {
        { Choices: [var first, ..] } => first,
        { Type: "integer" or "number" } => 0,
        { Type: "boolean" } => false,
        { Type: "array" } => new JsonArray(),
        { Type: "object" } => new JsonObject(),
        _ => text,
    };
}
