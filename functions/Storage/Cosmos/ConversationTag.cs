namespace ContosoSuites.Functions.Storage.Cosmos;

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
