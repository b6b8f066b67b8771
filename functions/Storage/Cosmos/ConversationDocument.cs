using System.Security.Cryptography;
using System.Text.Json.Serialization;
using ContosoSuites.Functions.Maintenance.Copilot;

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

/// <summary>
/// Names a state of a conversation to its owner: Cosmos DB's tag, and when that state was stored, so that a save on top of it
/// knows without a read whether it has expired.
/// </summary>
/// <param name="LastTurn">When it was stored, in the form that sorts.</param>
/// <param name="ETag">Cosmos DB's tag.</param>
internal sealed record ConversationTag(string LastTurn, string ETag)
{
    private const char Separator = ' ';

    /// <summary>The tag as text.</summary>
    public override string ToString() => $"{LastTurn}{Separator}{ETag}";

    /// <summary>The tag that a text stands for; null for none of ours.</summary>
    public static ConversationTag? Parse(string text) =>
        text.Split(Separator) is [var lastTurn, var etag] && StoredTime.IsTime(lastTurn) ? new ConversationTag(lastTurn, etag) : null;
}

/// <summary>The store's secret as an item among the conversations, which it outlives.</summary>
internal sealed record SecretDocument
{
    /// <summary>No conversation has it: theirs are hashes.</summary>
    public const string TheId = "secret";

    [JsonPropertyName("id")]
    public string Id { get; init; } = TheId;

    /// <summary>The secret.</summary>
    [JsonPropertyName("value")]
    public required byte[] Value { get; init; }

    /// <summary>Against the container's time to live: this item has none.</summary>
    [JsonPropertyName("ttl")]
    public int TimeToLive { get; init; } = -1;

    public static SecretDocument Create() => new() { Value = RandomNumberGenerator.GetBytes(IConversationStore.SecretLength) };
}
