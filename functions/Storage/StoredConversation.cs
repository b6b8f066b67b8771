namespace ContosoSuites.Functions.Storage;

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
