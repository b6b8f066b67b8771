using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What a call gave, whatever its JSON looks like.</summary>
/// <param name="Tool">The function.</param>
/// <param name="Arguments">What it was called with; nothing where that can not be read.</param>
/// <param name="Text">The result.</param>
/// <param name="Index">Where it stands in the conversation.</param>
internal sealed record ToolResult(string Tool, JsonObject Arguments, string Text, int Index)
{
    private static readonly HashSet<string> Messages = ["message", "error"];

    private readonly JsonNode? _json = Parse(Text);

    /// <summary>The named things that it lists.</summary>
    public IReadOnlyList<Entity> Entities => Entity.ReadAll(_json);

    /// <summary>The list in it.</summary>
    public JsonArray? List => Values.OfType<JsonArray>().FirstOrDefault();

    /// <summary>Whether it did not do what it was called for: it only has a message, or says false of something.</summary>
    public bool Failed => Text.StartsWith("error", StringComparison.OrdinalIgnoreCase)
        || Values.Any(value => value?.GetValueKind() is JsonValueKind.False)
        || (Fields.Count > 0 && Values.All(value => value is null));

    /// <summary>What it says in words.</summary>
    public string Message => Fields.FirstOrDefault(pair => Messages.Contains(pair.Key)).Value?.ToString() ?? Text;

    /// <summary>The id of what it made; null where it names none.</summary>
    public string? Id => Fields.FirstOrDefault(pair => pair.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value?.ToString();

    private JsonObject Fields => _json as JsonObject ?? [];

    private IEnumerable<JsonNode?> Values => Fields.Where(pair => !Messages.Contains(pair.Key)).Select(pair => pair.Value);

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
        if (Failed)
        {
            return $"That did not work. {Tool} says: {Message}";
        }

        if (Entities is { Count: > 0 } all)
        {
            IReadOnlyList<Entity> wanted = Entity.Named(all, question) is { Count: > 0 } named ? named : all;
            return $"I found {wanted.Count} of {all.Count}: {string.Join("; ", wanted.Select(entity => entity.Description))}.";
        }

        if (List is not { } list || Values.OfType<JsonValue>().FirstOrDefault(value => value.GetValueKind() is JsonValueKind.String) is not { } owner)
        {
            return $"Here is what I found: {(_json is null ? Text : Describe(_json))}";
        }

        JsonNode? date = Arguments.FirstOrDefault(pair => pair.Key.EndsWith("date", StringComparison.OrdinalIgnoreCase)).Value;
        string head = $"{owner} has {list.Count} {list.GetPropertyName().ToLowerInvariant()}{(date is null ? "" : $" from {date} on")}";
        return question.Contains("how many", StringComparison.OrdinalIgnoreCase) ? $"{head}." : $"{head}: {Describe(list)}.";
    }
}
