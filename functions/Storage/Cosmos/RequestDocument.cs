using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>A maintenance request as an item: its JSON, with the date in the form that sorts.</summary>
internal static class RequestDocument
{
    /// <summary>The property that holds the embedding; the container's vector policy names it too.</summary>
    public const string VectorPath = "/request_vector";

    /// <summary>The property that says whether there is one.</summary>
    public const string EmbeddedPath = "/embedded";

    /// <summary>The item.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keyClaim">The id of the claim on its idempotency key; null where it came without a key.</param>
    public static JsonObject Of(MaintenanceRequest request, string? keyClaim = null)
    {
        JsonObject document = JsonSerializer.SerializeToNode(request)!.AsObject();
        document["date"] = StoredTime.Format(request.Date);
        if (keyClaim is not null)
        {
            document["idempotency_key"] = keyClaim;
        }

        return document;
    }
}

/// <summary>A request that a vector search found, as the query answers it: its fields and beside them its similarity.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record FoundRequest(MaintenanceRequest Request, double Similarity)
{
    private sealed class Converter : JsonConverter<FoundRequest>
    {
        public override FoundRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            JsonElement found = JsonElement.ParseValue(ref reader);
            return new FoundRequest(found.Deserialize<MaintenanceRequest>(options)!, found.GetProperty("similarity").GetDouble());
        }

        public override void Write(Utf8JsonWriter writer, FoundRequest value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Results are only read.");
    }
}

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
