using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What a call's result says of its success, whatever its JSON looks like.</summary>
/// <param name="Succeeded">Whether it did what it was called for.</param>
/// <param name="Message">What it says in words; null where it says nothing.</param>
/// <param name="Id">The id of what it made; null where it names none.</param>
internal sealed record ToolOutcome(bool Succeeded, string? Message, string? Id)
{
    private const string ErrorMark = "error";

    private static readonly HashSet<string> Messages = new(["message", "error", "detail", "reason", "title"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a result. One that only has a message, or says false of something, is a refusal.</summary>
    public static ToolOutcome Of(string result)
    {
        if (result.StartsWith(ErrorMark, StringComparison.OrdinalIgnoreCase))
        {
            return new ToolOutcome(false, result, null);
        }

        if (TryParse(result) is not { } fields)
        {
            return new ToolOutcome(true, null, null);
        }

        JsonNode?[] values = [.. fields.Where(field => !Messages.Contains(field.Key)).Select(field => field.Value)];
        bool refused = fields.ContainsKey(ErrorMark)
            || values.Any(value => value?.GetValueKind() is JsonValueKind.False)
            || (fields.Count > 0 && values.All(value => value is null));
        return new ToolOutcome(
            !refused,
            TextOf(fields, Messages.Contains),
            TextOf(fields, key => key.EndsWith("id", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Tells the person of a failure.</summary>
    public string Explain(string tool) => $"That did not work. {tool} says: {Message ?? "nothing."}";

    private static string? TextOf(JsonObject fields, Func<string, bool> isWanted) =>
        fields.FirstOrDefault(field => isWanted(field.Key) && field.Value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number).Value?.ToString();

    private static JsonObject? TryParse(string result)
    {
        try
        {
            return JsonNode.Parse(result) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
