using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A thing with a name that a function listed, such as a hotel, with what else was listed of it, such as its city.</summary>
internal sealed record Entity(JsonNode Id, string Name, IReadOnlyList<string> Facts)
{
    /// <summary>The word that stands for the name when it is not said in full: the longest, or the first of several.</summary>
    private readonly string _mark = Words.Plain(Words.In(Name).MaxBy(word => word.Length) ?? Name);

    public string Description => Facts.Count == 0 ? Name : $"{Name} ({string.Join(", ", Facts)})";

    /// <summary>Those that a text names, or else those of which it mentions another fact.</summary>
    public static IReadOnlyList<Entity> Named(IReadOnlyList<Entity> all, string text)
    {
        string plain = Words.Plain(text);
        Entity[] named = [.. all.Where(entity => plain.Contains(entity._mark, StringComparison.Ordinal))];
        return named.Length > 0 ? named : [.. all.Where(entity => entity.Facts.Any(fact => plain.Contains(Words.Plain(fact), StringComparison.Ordinal)))];
    }

    /// <summary>Reads a result: an array of objects with an id and a name. None for any other.</summary>
    public static IReadOnlyList<Entity> ReadAll(JsonNode? result)
    {
        Entity[] read = [.. (result as JsonArray ?? []).OfType<JsonObject>().Select(Read).OfType<Entity>()];
        return read.Length == (result as JsonArray)?.Count ? read : [];
    }

    private static Entity? Read(JsonObject fields)
    {
        JsonNode? id = fields.FirstOrDefault(field => field.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value;
        JsonValue[] texts = [.. fields.Select(field => field.Value).OfType<JsonValue>().Where(value => value != id && value.GetValueKind() is JsonValueKind.String)];
        JsonValue? name = texts.FirstOrDefault(text => text.GetPropertyName().EndsWith("name", StringComparison.OrdinalIgnoreCase));
        return id is null || name is null ? null : new Entity(id, name.GetValue<string>(), [.. texts.Where(text => text != name).Select(text => text.GetValue<string>())]);
    }
}
