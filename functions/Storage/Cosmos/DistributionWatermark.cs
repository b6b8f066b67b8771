using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Until when the logs have been read completely, as an item beside the hours.</summary>
internal sealed record DistributionWatermark
{
    /// <summary>Its id, and its partition.</summary>
    public const string Name = "watermark";

    /// <summary>Identifies it.</summary>
    [JsonPropertyName("id")]
    public string Id { get; init; } = Name;

    /// <summary>Its partition.</summary>
    [JsonPropertyName("day")]
    public string Day { get; init; } = Name;

    /// <summary>The moment.</summary>
    [JsonPropertyName("up_to")]
    public required DateTimeOffset UpTo { get; init; }

    /// <summary>It never expires, unlike the hours.</summary>
    [JsonPropertyName("ttl")]
    public int TimeToLive { get; init; } = -1;
}
