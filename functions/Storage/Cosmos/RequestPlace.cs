using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Where a maintenance request is stored, and under which key.</summary>
internal sealed record RequestPlace
{
    /// <summary>Its hotel, which is its partition.</summary>
    [JsonPropertyName("hotel_id")]
    public required int HotelId { get; init; }

    /// <summary>The id of the claim on its idempotency key; null where it came without a key.</summary>
    [JsonPropertyName("idempotency_key")]
    public string? KeyClaim { get; init; }
}
