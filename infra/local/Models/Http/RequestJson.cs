using System.Text.Json;

namespace ContosoSuites.Local.Models.Http;

internal static class RequestJson
{
    private const string InvalidJson = "invalid_json";

    /// <summary>Reads the whole body, one JSON object, of which what is taken must not be the JSON itself.</summary>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, Func<Field, T> read)
    {
        if (!request.HasJsonContentType())
        {
            throw new ModelRequestException(new ModelError(
                StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "The request body must be JSON: set Content-Type to application/json."));
        }

        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? read(new Field(document.RootElement, ""))
                : throw new ModelRequestException("The request body must be a JSON object.", code: InvalidJson);
        }
        catch (JsonException e)
        {
            throw new ModelRequestException(
                "We could not parse the JSON body of your request: "
                + $"it breaks off or goes wrong at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.",
                code: InvalidJson);
        }
        catch (InvalidOperationException)
        {
            // What the parser lets pass, and no string can hold.
            throw new ModelRequestException("The request body holds a string with half of a surrogate pair, or that is not UTF-8.", code: InvalidJson);
        }
    }
}

/// <summary>A field of a request, and where it stands there. One of the wrong type is refused, and one that is null counts as left out.</summary>
internal readonly record struct Field(JsonElement Json, string Path)
{
    public Field? Optional(string name) =>
        Object().Json.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? new Field(value, PathOf(name)) : null;

    public Field Required(string name) => Optional(name)
        ?? throw new ModelRequestException($"Missing required parameter: '{PathOf(name)}'.", PathOf(name), "missing_required_parameter");

    public string Text() => Json.ValueKind is JsonValueKind.String ? Json.GetString()! : throw WrongType("a string");

    public bool Flag() => Json.ValueKind is JsonValueKind.True or JsonValueKind.False ? Json.GetBoolean() : throw WrongType("true or false");

    public int PositiveInteger() =>
        Json.ValueKind is not JsonValueKind.Number || !Json.TryGetInt32(out int number) ? throw WrongType("an integer")
        : number > 0 ? number
        : throw new ModelRequestException($"'{Path}' must be at least 1.", Path);

    public Field Object() => Json.ValueKind is JsonValueKind.Object ? this : throw WrongType("an object");

    /// <summary>The items of an array, which must have some.</summary>
    public IEnumerable<Field> Items(int most = int.MaxValue)
    {
        int length = Json.ValueKind is JsonValueKind.Array ? Json.GetArrayLength() : throw WrongType("an array");
        string path = Path;
        return length == 0 ? throw new ModelRequestException($"'{path}' must not be empty.", path, "empty_array")
            : length > most ? throw new ModelRequestException($"'{path}' holds more than {most} items.", path, "array_above_max_length")
            : Json.EnumerateArray().Select((item, index) => new Field(item, $"{path}[{index}]"));
    }

    public ModelRequestException WrongType(string expected) => new($"Invalid type for '{Path}': expected {expected}.", Path, "invalid_type");

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
