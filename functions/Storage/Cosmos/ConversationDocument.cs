using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>A conversation as an item. Cosmos DB removes it a day after it was last written: the container's time to live.</summary>
internal sealed record ConversationDocument
{
    /// <summary>The conversation's id, hashed.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>All that it holds.</summary>
    [JsonPropertyName("content")]
    public string Content { get; init; } = "";

    /// <summary>When it was last stored, in the form that sorts.</summary>
    [JsonPropertyName("last_turn")]
    public required string LastTurn { get; init; }

    /// <summary>The tag of the stored state; null for one to be stored.</summary>
    [JsonPropertyName("_etag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ETag { get; init; }
}
