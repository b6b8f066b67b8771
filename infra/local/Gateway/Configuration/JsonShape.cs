using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>Says in the words of a file's author what of it is not as it is read: the field, what it is and what it must be.</summary>
internal static class JsonShape
{
    /// <summary>What is wrong with a text that could not be read. The serializer speaks of .NET's types, which its author has not chosen.</summary>
    public static string Explain(string text, JsonTypeInfo type, JsonException exception)
    {
        try
        {
            return FindMistake(JsonElement.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }), type, "") ?? exception.Message;
        }
        catch (JsonException syntax)
        {
            return "it is no JSON. " + syntax.Message;
        }
    }

    /// <summary>The first mistake in <paramref name="json"/>, which stands at <paramref name="path"/> and is read as <paramref name="type"/>; null when there is none.</summary>
    public static string? FindMistake(JsonElement json, JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object when json.ValueKind == JsonValueKind.Object => FindInObject(json, type, path),
        JsonTypeInfoKind.Enumerable when json.ValueKind == JsonValueKind.Array => json.EnumerateArray()
            .Select((item, i) => FindMistake(item, ElementOf(type), string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))).FirstOrDefault(mistake => mistake is not null),
        JsonTypeInfoKind.Dictionary when json.ValueKind == JsonValueKind.Object => json.EnumerateObject()
            .Select(member => FindMistake(member.Value, ElementOf(type), Join(path, member.Name))).FirstOrDefault(mistake => mistake is not null),
        JsonTypeInfoKind.None when Fits(json, type.Type) => null,
        _ => $"{(path.Length == 0 ? "it" : path)} is {json.GetRawText()}; it must be {Describe(type)}.",
    };

    private static string? FindInObject(JsonElement json, JsonTypeInfo type, string path)
    {
        if (type.Properties.FirstOrDefault(property => property.IsRequired && !json.TryGetProperty(property.Name, out _)) is { } missing)
        {
            return $"{Join(path, missing.Name)} is missing; it must be {Describe(TypeOf(missing, type))}.";
        }

        foreach (var member in json.EnumerateObject())
        {
            var property = type.Properties.FirstOrDefault(known => known.Name == member.Name);
            var mistake = property is null ? $"{Join(path, member.Name)} is not known; known are {string.Join(", ", type.Properties.Select(known => known.Name))}."
                : member.Value.ValueKind == JsonValueKind.Null && property.IsSetNullable ? null
                : FindMistake(member.Value, TypeOf(property, type), Join(path, member.Name));
            if (mistake is not null)
            {
                return mistake;
            }
        }

        return null;
    }

    private static JsonTypeInfo TypeOf(JsonPropertyInfo property, JsonTypeInfo owner) =>
        owner.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    private static JsonTypeInfo ElementOf(JsonTypeInfo type) => type.Options.GetTypeInfo(type.ElementType!);

    private static bool Fits(JsonElement json, Type type) =>
        type == typeof(string) ? json.ValueKind == JsonValueKind.String
        : type == typeof(int) ? json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _)
        : type != typeof(bool) || json.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static string Describe(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => "an object with " + string.Join(", ", type.Properties.Select(property => property.Name)),
        JsonTypeInfoKind.Enumerable => "a list",
        JsonTypeInfoKind.Dictionary => "an object of names and values",
        _ => type.Type == typeof(string) ? "a text" : type.Type == typeof(int) ? "a whole number" : "true or false",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
