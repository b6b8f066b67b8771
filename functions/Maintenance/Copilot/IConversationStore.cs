using System.Diagnostics.CodeAnalysis;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Maintenance.Copilot;

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

/// <summary>A conversation as it was stored after its last turn.</summary>
/// <param name="Id">Identifies the conversation.</param>
/// <param name="Content">All that it holds, as its owner wrote it.</param>
/// <param name="ETag">Names this state; expected by the save that follows on it.</param>
/// <param name="LastTurn">When it was stored.</param>
public sealed record StoredConversation(string Id, string Content, string ETag, DateTimeOffset LastTurn)
{
    /// <summary>How long a conversation is kept after its last turn.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(1);
}

/// <summary>What became of a conversation's state to be stored.</summary>
/// <param name="ETag">Names the state that was stored; null when another turn had stored one meanwhile and this one was refused.</param>
public sealed record ConversationSave(string? ETag)
{
    /// <summary>The outcome of a save that came too late.</summary>
    public static ConversationSave Conflict { get; } = new((string?)null);

    /// <summary>Whether it was stored.</summary>
    [MemberNotNullWhen(true, nameof(ETag))]
    public bool Saved => ETag is not null;
}
