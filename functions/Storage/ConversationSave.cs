using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Functions.Storage;

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
