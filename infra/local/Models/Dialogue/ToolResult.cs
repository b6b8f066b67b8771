namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What a call gave.</summary>
/// <param name="Tool">The function that was called.</param>
/// <param name="Text">Its result, as the application sent it.</param>
internal sealed record ToolResult(string Tool, string Text);
