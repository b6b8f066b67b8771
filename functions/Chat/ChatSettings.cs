using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Chat;

/// <summary>Section <c>Chat</c>.</summary>
public sealed class ChatSettings
{
    /// <summary>The longest message, in UTF-16 characters.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000 characters.")]
    public int MaxMessageLength { get; set; } = 8000;
}
