using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What a call gave, whatever its JSON looks like, and where that stands in the conversation.</summary>
internal sealed record ToolResult(string Tool, JsonObject Arguments, string Text, int Index)
{
    private readonly JsonNode? _json = Parse(Text);

    public IReadOnlyList<Entity> Entities => field ??= Entity.ReadAll(_json);

    public JsonArray? List => Values.OfType<JsonArray>().FirstOrDefault();

    /// <summary>Whether it did not do what it was called for: it only has a message, or says false of something.</summary>
    public bool Failed => Text.StartsWith("error", StringComparison.OrdinalIgnoreCase)
        || Values.Any(value => value?.GetValueKind() is JsonValueKind.False)
        || (Fields.Count > 0 && Values.All(value => value is null));

    /// <summary>What it says in words.</summary>
    public string Message => Fields.FirstOrDefault(pair => pair.Key is "message" or "error").Value?.ToString() ?? Text;

    /// <summary>The id of what it made; null where it names none.</summary>
    public string? Id => Fields.FirstOrDefault(pair => pair.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value?.ToString();

    private JsonObject Fields => _json as JsonObject ?? [];

    private IEnumerable<JsonNode?> Values => Fields.Where(pair => pair.Key is not ("message" or "error")).Select(pair => pair.Value);

    /// <summary>Reads JSON; null for any other text.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Describe(JsonNode? value) => value switch
    {
        JsonArray list => string.Join("; ", list.Select(Describe)),
        JsonObject fields => string.Join(", ", fields.Select(pair => $"{pair.Key}: {Describe(pair.Value)}")),
        _ => value?.ToString() ?? "none",
    };

    /// <summary>Tells the person of it: of named things those that were asked for, of a list that is somebody's how long it is.</summary>
    public string Tell(string question)
    {
        IReadOnlyList<Entity> wanted = Entity.Named(Entities, question) is { Count: > 0 } named ? named : Entities;
        JsonNode? date = Arguments.FirstOrDefault(pair => pair.Key.EndsWith("date", StringComparison.OrdinalIgnoreCase)).Value;
        return Failed ? $"That did not work. {Tool} says: {Message}"
            : wanted.Count > 0 ? $"I found {wanted.Count} of {Entities.Count}: {string.Join("; ", wanted.Select(entity => entity.Description))}."
            : List is { } list && question.Contains("how many", StringComparison.OrdinalIgnoreCase)
            ? $"{Values.OfType<JsonValue>().FirstOrDefault()} has {list.Count} {list.GetPropertyName().ToLowerInvariant()}{(date is null ? "" : $" from {date} on")}."
            : $"Here is what I found: {(_json is null ? Text : Describe(_json))}";
    }
}
