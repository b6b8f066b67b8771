using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>Reads a room number given as text or as a whole number, because callers write <c>303</c> as often as <c>"303"</c>.</summary>
internal sealed class RoomNumberConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out _) => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new ExpectedValueException("A room number is text or a whole number."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
