namespace ContosoSuites.Local.Models.Chat;

/// <summary>A function the model asks the application to call.</summary>
/// <param name="Id">What the result refers to.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">A JSON object, as text.</param>
internal sealed record ToolCall(string Id, string Name, string Arguments);
