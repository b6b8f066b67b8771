using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Http;

/// <summary>Reads points in time in JSON as <see cref="IsoTime"/> does.</summary>
internal sealed class IsoTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && IsoTime.TryParse(reader.GetString(), out DateTimeOffset time)
            ? time
            : throw new ExpectedValueException($"A point in time is written in {IsoTime.Expected}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture));
}
