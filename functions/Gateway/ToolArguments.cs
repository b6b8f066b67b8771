using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Reads the arguments of a model's call by the schema that the model was shown. Here, and not where the function is run, so
/// that a wrong argument is known from a failure of the function's own.
/// </summary>
internal static class ToolArguments
{
    /// <summary>Says what is wrong with a call; otherwise its arguments are as the function takes them.</summary>
    /// <param name="context">The call.</param>
    /// <returns>What the model should be told; null for a good call.</returns>
    public static string? Complain(FunctionInvocationContext context)
    {
        JsonElement schema = context.Function.JsonSchema;
        if (!schema.TryGetProperty("properties", out JsonElement parameters) || !parameters.EnumerateObject().MoveNext())
        {
            return null;
        }

        if (context.CallContent.Exception is not null)
        {
            return $"Error: the arguments of {context.Function.Name} are not a JSON object. Nothing was done.";
        }

        string[] required = schema.TryGetProperty("required", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        string[] complaints = [.. parameters.EnumerateObject().Select(parameter => Complain(context.Arguments, parameter, required)).OfType<string>()];
        return complaints.Length == 0 ? null : $"Error: {string.Join(" ", complaints)} Nothing was done.";
    }

    private static string? Complain(AIFunctionArguments arguments, JsonProperty parameter, string[] required)
    {
        if (!arguments.TryGetValue(parameter.Name, out object? value) || value is null or JsonElement { ValueKind: JsonValueKind.Null })
        {
            // Left out, so that the function's default counts.
            arguments.Remove(parameter.Name);
            return required.Contains(parameter.Name) ? $"{parameter.Name} is missing." : null;
        }

        if (value is not JsonElement json)
        {
            return null;
        }

        bool isInteger = HasType(parameter.Value, "integer");
        object? read = isInteger ? ReadInteger(json) : HasType(parameter.Value, "string") ? ReadText(json) : json;
        arguments[parameter.Name] = read;
        return read is null ? $"{parameter.Name} has to be {(isInteger ? "an integer" : "a string")}." : null;
    }

    private static bool HasType(JsonElement schema, string type) => schema.TryGetProperty("type", out JsonElement types)
        && (types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Any(one => one.ValueEquals(type)) : types.ValueEquals(type));

    /// <summary>Models write 1, 1.0 and "1" for the same.</summary>
    private static int? ReadInteger(JsonElement json) =>
        json.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(json.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
        && number == decimal.Truncate(number)
        && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    /// <summary>And 303 for "303", of a room.</summary>
    private static string? ReadText(JsonElement json) =>
        json.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? json.ToString() : null;
}
