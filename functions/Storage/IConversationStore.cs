namespace ContosoSuites.Functions.Storage;

/// <summary>
/// The conversations with the copilot, kept between turns so that any instance can serve any turn. What a conversation holds
/// is its owner's; the store keeps it as text. Each save is conditional on the state that the turn started from: of two
/// turns at once, one is told of the conflict. Every member may throw <see cref="StorageUnavailableException"/>.
/// </summary>
public interface IConversationStore
{
    /// <summary>The length of the secret, in bytes.</summary>
    public const int SecretLength = 32;

    /// <summary>A secret that the store makes for itself at first use and keeps. With it one can tell whose a conversation is.</summary>
    public Task<byte[]> GetSecretAsync(CancellationToken cancellationToken = default);

    /// <summary>A conversation, or null when there is none of that id or its last turn is longer ago than its lifetime.</summary>
    public Task<StoredConversation?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Stores the state after a turn, if the stored state is still the one that the turn started from.</summary>
    /// <param name="id">Identifies the conversation.</param>
    /// <param name="content">All that it holds.</param>
    /// <param name="expectedETag">The tag of the state that the turn started from; null when it was the first turn.</param>
    /// <param name="cancellationToken">Gives up a save that has not started yet.</param>
    /// <exception cref="ItemTooLargeException">It is too long. Every store takes a million bytes of JSON.</exception>
    public Task<ConversationSave> SaveAsync(string id, string content, string? expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Removes the conversations whose lifetime has passed, and tells how many these were.</summary>
    public Task<int> PurgeExpiredAsync(CancellationToken cancellationToken = default);
}
