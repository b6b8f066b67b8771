using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Reads points in time as callers write them: ISO 8601, a day or a moment. Without an offset they are in UTC, so that the
/// answer does not depend on where the app runs.
/// </summary>
internal static class IsoTime
{
    /// <summary>What to tell a caller who wrote something else.</summary>
    public const string Expected = "ISO 8601, such as 2026-11-01 or 2026-11-01T08:00:00Z";

    private static readonly string[] Patterns =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads a point in time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}

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
