using System.Text.Json;

namespace ContosoSuites.Local.Models.Http;

/// <summary>Reads fields of a request, refusing those of the wrong type. A field that is null counts as left out.</summary>
internal static class JsonFields
{
    public static JsonElement? Optional(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public static JsonElement Required(this JsonElement parent, string name, string? path = null) =>
        parent.Optional(name) ?? throw new ModelRequestException(ModelError.Missing(path ?? name));

    public static string Text(this JsonElement value, string path) => value.ValueKind is JsonValueKind.String
        ? value.GetString()!
        : throw new ModelRequestException(ModelError.InvalidType(path, "a string"));

    public static bool Flag(this JsonElement value, string path) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw new ModelRequestException(ModelError.InvalidType(path, "true or false"));

    public static int PositiveInteger(this JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt32(out int number))
        {
            throw new ModelRequestException(ModelError.InvalidType(path, "an integer"));
        }

        return number > 0 ? number : throw new ModelRequestException(ModelError.Invalid($"'{path}' must be at least 1.", path));
    }

    public static JsonElement Object(this JsonElement value, string path) => value.ValueKind is JsonValueKind.Object
        ? value
        : throw new ModelRequestException(ModelError.InvalidType(path, "an object"));

    public static JsonElement Array(this JsonElement value, string path) => value.ValueKind is JsonValueKind.Array
        ? value
        : throw new ModelRequestException(ModelError.InvalidType(path, "an array"));

    public static JsonElement FilledArray(this JsonElement value, string path) => value.Array(path).GetArrayLength() > 0
        ? value
        : throw new ModelRequestException(ModelError.Invalid($"'{path}' must not be empty.", path, "empty_array"));
}
