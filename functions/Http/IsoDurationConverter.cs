using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Http;

/// <summary>Lengths of time in JSON, as <see cref="IsoDuration"/> has them.</summary>
internal sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && IsoDuration.TryParse(reader.GetString(), out TimeSpan duration)
            ? duration
            : throw new ExpectedValueException($"A length of time is {IsoDuration.Expected}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(IsoDuration.Format(value));
}
