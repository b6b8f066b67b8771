using ContosoSuites.Local.Models.Dialogue;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>One parameter of an offered function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its JSON type: string, integer, number, boolean, array or object.</param>
/// <param name="Format">The format of a string, such as date; empty where none is given.</param>
/// <param name="Description">What it says of itself; empty where it says nothing.</param>
/// <param name="Choices">The texts that are allowed; empty for any.</param>
/// <param name="Required">Whether a call must have it.</param>
internal sealed record ToolParameter(
    string Name, string Type, string Format, string Description, IReadOnlyList<string> Choices, bool Required)
{
    /// <summary>The words of its name.</summary>
    public IReadOnlySet<string> NameWords { get; } = Words.Of(Name);
}
