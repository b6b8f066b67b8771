using ContosoSuites.Local.Models.Dialogue;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>A function the application offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says of itself; empty where it says nothing.</param>
/// <param name="Parameters">What it takes, in the schema's order.</param>
internal sealed record ToolDefinition(string Name, string Description, IReadOnlyList<ToolParameter> Parameters)
{
    /// <summary>The words of its name.</summary>
    public IReadOnlySet<string> NameWords { get; } = Words.Of(Name);

    /// <summary>The words of its description.</summary>
    public IReadOnlySet<string> DescriptionWords { get; } = Words.Of(Description);
}
