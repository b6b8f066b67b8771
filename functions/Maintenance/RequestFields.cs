using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>A maintenance request as its reporter writes it, not yet checked.</summary>
internal sealed record RequestFields
{
    /// <summary>The hotel.</summary>
    [JsonPropertyName("hotel_id")]
    public int? HotelId { get; init; }

    /// <summary>The hotel's name; optional, and right when given.</summary>
    [JsonPropertyName("hotel")]
    public string? Hotel { get; init; }

    /// <summary>staff, customer or inspector.</summary>
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    /// <summary>What is wrong.</summary>
    [JsonPropertyName("details")]
    public string? Details { get; init; }

    /// <summary>When the report was made; now when absent.</summary>
    [JsonPropertyName("date")]
    [JsonConverter(typeof(IsoTimeConverter))]
    public DateTimeOffset? Date { get; init; }

    /// <summary>The room, as text or number.</summary>
    [JsonPropertyName("room_number")]
    [JsonConverter(typeof(RoomNumberConverter))]
    public string? RoomNumber { get; init; }

    /// <summary>The place.</summary>
    [JsonPropertyName("location")]
    public string? Location { get; init; }
}

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
