using System.Text.Json.Serialization;
using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>
/// What an idempotency key stands for. Ids are unique within a partition only, and requests of different hotels are in
/// different ones: so the key has an item of its own, in a partition of its own, which is there once. It holds the whole
/// request, so that whoever finds the claim can finish what its owner may not have come to.
/// </summary>
internal sealed record KeyClaim
{
    /// <summary>The key, hashed.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Tells whether another request says the same.</summary>
    [JsonPropertyName("fingerprint")]
    public required string Fingerprint { get; init; }

    /// <summary>The request, as it was when it was stored.</summary>
    [JsonPropertyName("request")]
    public required MaintenanceRequest Request { get; init; }
}
