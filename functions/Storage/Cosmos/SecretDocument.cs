using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Storage.Cosmos;

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
