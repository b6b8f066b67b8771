using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>A stored report of something that needs repair.</summary>
public sealed record MaintenanceRequest
{
    /// <summary>Identifies the request. Ids sort by the time of storing, to the millisecond.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The hotel it is about.</summary>
    [JsonPropertyName("hotel_id")]
    public required int HotelId { get; init; }

    /// <summary>That hotel's name.</summary>
    [JsonPropertyName("hotel")]
    public required string Hotel { get; init; }

    /// <summary>Who reported it: staff, customer or inspector.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>When it was reported, in UTC.</summary>
    [JsonPropertyName("date")]
    public required DateTimeOffset Date { get; init; }

    /// <summary>What is wrong, in the reporter's words.</summary>
    [JsonPropertyName("details")]
    public required string Details { get; init; }

    /// <summary>The room, where it is about one. Text, because rooms are also called 12A or Cabin 4.</summary>
    [JsonPropertyName("room_number")]
    [JsonConverter(typeof(RoomNumberConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RoomNumber { get; init; }

    /// <summary>The place in the hotel, where it is not about a room, or more exactly within it.</summary>
    [JsonPropertyName("location")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Location { get; init; }

    /// <summary>Whether vector search can find it yet.</summary>
    [JsonPropertyName("embedded")]
    public bool Embedded { get; init; }
}

/// <summary>Who reports that something needs repair.</summary>
internal static class RequestSource
{
    /// <summary>The values that a source can have.</summary>
    public static readonly IReadOnlyList<string> All = ["staff", "customer", "inspector"];

    /// <summary>The source in its stored form, or null when it is none.</summary>
    public static string? Parse(string? source) => All.FirstOrDefault(known => string.Equals(known, source?.Trim(), StringComparison.OrdinalIgnoreCase));
}
