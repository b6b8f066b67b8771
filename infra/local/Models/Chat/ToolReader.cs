using System.Text.Json;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Reads the functions on offer and the rule for calling them.</summary>
internal static partial class ToolReader
{
    private const int MaxTools = 128;

    public static IReadOnlyList<ToolDefinition> Read(JsonElement tools)
    {
        if (tools.FilledArray("tools").GetArrayLength() > MaxTools)
        {
            throw new ModelRequestException(ModelError.Invalid($"'tools' holds more than {MaxTools} functions.", "tools", "array_above_max_length"));
        }

        var read = new List<ToolDefinition>();
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            string path = $"tools[{read.Count}]";
            read.Add(ReadTool(tool.Object(path), path));
        }

        return read;
    }

    public static ToolChoice ReadChoice(JsonElement? choice, IReadOnlyList<ToolDefinition> tools)
    {
        if (choice is not { } value)
        {
            return ToolChoice.Auto;
        }

        if (tools.Count == 0)
        {
            throw new ModelRequestException(ModelError.Invalid("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice"));
        }

        if (value.ValueKind is not JsonValueKind.String)
        {
            string name = value.Object("tool_choice").Required("function", "tool_choice.function").Object("tool_choice.function")
                .Required("name", "tool_choice.function.name").Text("tool_choice.function.name");
            return tools.Any(tool => tool.Name == name)
                ? new ToolChoice(ToolChoiceMode.Required, name)
                : throw new ModelRequestException(ModelError.Invalid($"Tool choice '{name}' is not among the 'tools'.", "tool_choice"));
        }

        return value.GetString() switch
        {
            "auto" => ToolChoice.Auto,
            "none" => ToolChoice.None,
            "required" => ToolChoice.Required,
            _ => throw new ModelRequestException(ModelError.Invalid("'tool_choice' must be none, auto, required or a function.", "tool_choice")),
        };
    }

    private static ToolDefinition ReadTool(JsonElement tool, string path)
    {
        if (tool.Required("type", $"{path}.type").Text($"{path}.type") != "function")
        {
            throw new ModelRequestException(ModelError.Invalid($"'{path}.type' must be 'function'.", $"{path}.type"));
        }

        JsonElement function = tool.Required("function", $"{path}.function").Object($"{path}.function");
        string name = function.Required("name", $"{path}.function.name").Text($"{path}.function.name");
        if (!FunctionName().IsMatch(name))
        {
            throw new ModelRequestException(ModelError.Invalid(
                $"'{path}.function.name' must be 1 to 64 letters, digits, underscores or dashes.", $"{path}.function.name"));
        }

        JsonElement? schema = function.Optional("parameters")?.Object($"{path}.function.parameters");
        return new ToolDefinition(
            name,
            function.Optional("description")?.Text($"{path}.function.description") ?? "",
            schema is { } parameters ? ReadParameters(parameters, $"{path}.function.parameters") : []);
    }

    private static List<ToolParameter> ReadParameters(JsonElement schema, string path)
    {
        if (schema.Optional("properties") is not { } properties)
        {
            return [];
        }

        HashSet<string> required = ReadRequired(schema, $"{path}.required");
        var read = new List<ToolParameter>();
        foreach (JsonProperty property in properties.Object($"{path}.properties").EnumerateObject())
        {
            string at = $"{path}.properties.{property.Name}";
            JsonElement parameter = property.Value.Object(at);
            read.Add(new ToolParameter(
                property.Name,
                ReadType(parameter),
                parameter.Optional("format")?.Text($"{at}.format") ?? "",
                parameter.Optional("description")?.Text($"{at}.description") ?? "",
                ReadChoices(parameter),
                required.Contains(property.Name)));
        }

        return read;
    }

    private static HashSet<string> ReadRequired(JsonElement schema, string path)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        if (schema.Optional("required") is { } names)
        {
            foreach (JsonElement name in names.Array(path).EnumerateArray())
            {
                required.Add(name.Text(path));
            }
        }

        return required;
    }

    /// <summary>A type may be one name or several, of which null only says that the parameter may be left out.</summary>
    private static string ReadType(JsonElement parameter) => parameter.Optional("type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString()!,
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray()
            .Where(type => type.ValueKind is JsonValueKind.String)
            .Select(type => type.GetString()!)
            .FirstOrDefault(type => type != "null") ?? "string",
        _ => "string",
    };

    private static IReadOnlyList<string> ReadChoices(JsonElement parameter) =>
        parameter.Optional("enum") is { ValueKind: JsonValueKind.Array } choices
        ? [.. choices.EnumerateArray().Where(choice => choice.ValueKind is JsonValueKind.String).Select(choice => choice.GetString()!)]
        : [];

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex FunctionName();
}
