namespace ContosoSuites.Local.Models.Chat;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who it is from.</param>
/// <param name="Text">Its text; empty where it has none.</param>
/// <param name="ToolCalls">The calls an assistant message asks for.</param>
/// <param name="ToolCallId">The call that a tool message answers.</param>
internal sealed record ChatMessage(ChatRole Role, string Text, IReadOnlyList<ToolCall> ToolCalls, string? ToolCallId = null);
