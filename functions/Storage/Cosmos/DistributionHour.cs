using System.Text.Json.Serialization;
using ContosoSuites.Functions.Distribution;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>An hour of the collected distribution as an item: what changes together every few minutes, small enough to be cheap.</summary>
internal sealed record DistributionHour
{
    /// <summary>Where the hour begins, in the form that sorts. Identifies it.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Its day, which is its partition.</summary>
    [JsonPropertyName("day")]
    public required string Day { get; init; }

    /// <summary>As <see cref="Id"/>, by a name that the container indexes.</summary>
    [JsonPropertyName("hour")]
    public required string Hour { get; init; }

    /// <summary>What was read, bin start by bin start.</summary>
    [JsonPropertyName("readings")]
    public required IReadOnlyList<Reading> Readings { get; init; }

    /// <summary>The tag of the stored state; null for one to be stored.</summary>
    [JsonPropertyName("_etag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ETag { get; init; }

    /// <summary>A new hour without readings.</summary>
    public static DistributionHour At(DateTimeOffset hour)
    {
        string text = StoredTime.Format(hour);
        return new DistributionHour { Id = text, Day = text[..10], Hour = text, Readings = [] };
    }

    /// <summary>What a reading of the logs has found at a bin start; without bins, that nothing was there.</summary>
    internal sealed record Reading
    {
        /// <summary>The bin start.</summary>
        [JsonPropertyName("start")]
        public required DateTimeOffset Start { get; init; }

        /// <summary>When the logs were asked.</summary>
        [JsonPropertyName("as_of")]
        public required DateTimeOffset AsOf { get; init; }

        /// <summary>The bins.</summary>
        [JsonPropertyName("bins")]
        public required IReadOnlyList<DistributionBin> Bins { get; init; }
    }
}

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
