namespace ContosoSuites.Local.Gateway.Logs.Messages;

/// <summary>A message of a prompt or an answer, or a piece of it.</summary>
/// <param name="Role">Whose it is; null for a text to embed.</param>
/// <param name="Content">What it says; the JSON of content that is more than text, and of tool calls.</param>
internal sealed record LoggedMessage(string? Role, string Content);
