using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Dialogue.Text;

namespace ContosoSuites.Local.Models.Dialogue.Entities;

/// <summary>The things that a function listed.</summary>
internal sealed class EntityList
{
    private readonly List<(Entity Entity, EntityName Name)> _entries;

    private EntityList(IEnumerable<Entity> entities) => _entries = [.. entities.Select(entity => (entity, new EntityName(entity.Name)))];

    /// <summary>All of them, as listed.</summary>
    public IReadOnlyList<Entity> All => [.. _entries.Select(entry => entry.Entity)];

    /// <summary>Reads a result: a JSON array of objects with an id and a name. Null for any other.</summary>
    public static EntityList? TryRead(string result)
    {
        try
        {
            if (JsonNode.Parse(result) is not JsonArray { Count: > 0 } items)
            {
                return null;
            }

            List<Entity> entities = [.. items.Select(ReadEntity).OfType<Entity>()];
            return entities.Count == items.Count ? new EntityList(entities) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The thing that a text names; several when it could be any of them.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="isAnswer">Whether the text answers the question which one is meant, so that any likeness will do.</param>
    public IReadOnlyList<Entity> Named(string text, bool isAnswer = false)
    {
        SpokenWords words = SpokenWords.Of(text);
        List<(Entity Entity, double Score)> scored =
        [
            .. _entries
                .Select(entry => (entry.Entity, Score: entry.Name.Likeness(words, isAnswer)))
                .Where(candidate => candidate.Score > 0)
                .OrderByDescending(candidate => candidate.Score),
        ];
        return [.. scored.TakeWhile(candidate => candidate.Score == scored[0].Score).Select(candidate => candidate.Entity)];
    }

    /// <summary>The things of which a text mentions another fact, such as the city.</summary>
    public IReadOnlyList<Entity> WithFactsIn(string text)
    {
        SpokenWords words = SpokenWords.Of(text);
        return [.. _entries.Select(entry => entry.Entity).Where(entity => entity.Facts.Any(words.ContainsAll))];
    }

    private static Entity? ReadEntity(JsonNode? item)
    {
        if (item is not JsonObject fields)
        {
            return null;
        }

        JsonNode? id = fields.FirstOrDefault(field => field.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value;
        string? nameKey = fields
            .FirstOrDefault(field => field.Key.EndsWith("name", StringComparison.OrdinalIgnoreCase) && IsText(field.Value)).Key;
        return id is null || nameKey is null
            ? null
            : new Entity(
                id,
                fields[nameKey]!.GetValue<string>(),
                [.. fields.Where(field => field.Key != nameKey && field.Value != id && IsText(field.Value)).Select(field => field.Value!.GetValue<string>())]);
    }

    private static bool IsText(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String;
}
