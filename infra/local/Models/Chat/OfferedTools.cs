using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Dialogue;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>The functions that an application offers with a request.</summary>
internal sealed record OfferedTools(IReadOnlyList<ToolDefinition> Tools, int Tokens)
{
    private const int MaxTools = 128;

    public static OfferedTools None { get; } = new([], 0);

    /// <summary>Reads the field <c>tools</c>.</summary>
    public static OfferedTools Read(JsonElement tools) =>
        new([.. new Field(tools, "tools").Items(MaxTools).Select(ToolDefinition.Read)], TokenCounter.Count(tools.GetRawText()));
}

/// <summary>
/// Keeps what was read of the functions that recent requests offered. An application offers the same ones with every request,
/// and to read them takes longer than to answer.
/// </summary>
internal sealed class RecentTools
{
    private const int MostKept = 16;
    private const int LongestKept = 65_536;

    private volatile (byte[] Json, OfferedTools Tools)[] _kept = [];

    /// <summary>Reads the field <c>tools</c>, or knows it already.</summary>
    /// <exception cref="ModelRequestException">It is not as it should be.</exception>
    public OfferedTools Read(JsonElement tools)
    {
        ReadOnlySpan<byte> json = JsonMarshal.GetRawUtf8Value(tools);
        (byte[] Json, OfferedTools Tools)[] kept = _kept;
        foreach ((byte[] known, OfferedTools offered) in kept)
        {
            if (json.SequenceEqual(known))
            {
                return offered;
            }
        }

        var read = OfferedTools.Read(tools);
        if (json.Length <= LongestKept)
        {
            // Two requests at once may each forget what the other adds; it is read again then.
            _kept = [(json.ToArray(), read), .. kept.Take(MostKept - 1)];
        }

        return read;
    }
}

/// <summary>A function the application offers.</summary>
internal sealed partial record ToolDefinition(string Name, string Description, IReadOnlyList<ToolParameter> Parameters)
{
    public IReadOnlySet<string> NameWords { get; } = Words.Of(Name);

    public IReadOnlySet<string> DescriptionWords { get; } = Words.Of(Description);

    public static ToolDefinition Read(Field tool)
    {
        if (tool.Required("type") is var type && type.Text() != "function")
        {
            throw new ModelRequestException($"'{type.Path}' must be 'function'.", type.Path);
        }

        Field function = tool.Required("function");
        Field name = function.Required("name");
        return FunctionName().IsMatch(name.Text())
            ? new ToolDefinition(name.Text(), function.Optional("description")?.Text() ?? "", [.. ReadParameters(function.Optional("parameters"))])
            : throw new ModelRequestException($"'{name.Path}' must be 1 to 64 letters, digits, underscores or dashes.", name.Path);
    }

    private static IEnumerable<ToolParameter> ReadParameters(Field? schema)
    {
        if (schema?.Optional("properties")?.Object() is not { } properties)
        {
            return [];
        }

        HashSet<string> required = [.. ToolParameter.TextsIn(schema.Value, "required")];
        return properties.Json.EnumerateObject()
            .Select(property => ToolParameter.Read(property.Name, new Field(property.Value, $"{properties.Path}.{property.Name}"), required.Contains(property.Name)));
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex FunctionName();
}

/// <summary>
/// One parameter of an offered function: its JSON type, the format of a string such as date, what it says of itself and the texts that are
/// allowed. What is not given is empty.
/// </summary>
internal sealed record ToolParameter(
    string Name, string Type, string Format, string Description, IReadOnlyList<string> Choices, bool Required)
{
    public IReadOnlySet<string> NameWords { get; } = Words.Of(Name);

    public static ToolParameter Read(string name, Field schema, bool required) => new(
        name,
        // Of several types, null only says that the parameter may be left out.
        TextsIn(schema, "type").FirstOrDefault(type => type != "null") ?? "string",
        schema.Optional("format")?.Text() ?? "",
        schema.Optional("description")?.Text() ?? "",
        [.. TextsIn(schema, "enum")],
        required);

    /// <summary>The texts of a field that holds one, or several among other things.</summary>
    public static IEnumerable<string> TextsIn(Field schema, string name) => schema.Optional(name)?.Json switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };
}

/// <summary>Whether the model may, must or must not call a function: whichever it likes, or the one that is named.</summary>
internal sealed record ToolChoice(bool MayCall, bool MustCall = false, string? Function = null)
{
    public static ToolChoice Read(Field? field, IReadOnlyList<ToolDefinition> tools)
    {
        if (field is not { } choice)
        {
            return new ToolChoice(MayCall: true);
        }

        if (tools.Count == 0)
        {
            throw new ModelRequestException("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice");
        }

        if (choice.Json.ValueKind is not JsonValueKind.String)
        {
            string name = choice.Required("function").Required("name").Text();
            return tools.Any(tool => tool.Name == name)
                ? new ToolChoice(MayCall: true, MustCall: true, name)
                : throw new ModelRequestException($"Tool choice '{name}' is not among the 'tools'.", "tool_choice");
        }

        return choice.Text() is "auto" or "none" or "required"
            ? new ToolChoice(MayCall: choice.Text() is not "none", MustCall: choice.Text() is "required")
            : throw new ModelRequestException("'tool_choice' must be none, auto, required or a function.", "tool_choice");
    }
}
