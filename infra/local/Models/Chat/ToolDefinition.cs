namespace ContosoSuites.Local.Models.Chat;

/// <summary>A function the application offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says of itself; empty where it says nothing.</param>
/// <param name="Parameters">What it takes, in the schema's order.</param>
internal sealed record ToolDefinition(string Name, string Description, IReadOnlyList<ToolParameter> Parameters);
