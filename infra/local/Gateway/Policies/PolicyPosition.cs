namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>Where an element stands in the policy, as <c>context.LastError</c> tells it.</summary>
/// <param name="Element">The element, or a built-in step.</param>
/// <param name="Section">The section's name; null for a built-in step.</param>
/// <param name="Path">The way from the section to the element; null for a built-in step.</param>
/// <param name="Id">The element's <c>id</c>.</param>
internal sealed record PolicyPosition(string Element, string? Section, string? Path, string? Id)
{
    public static PolicyPosition BuiltIn(string step) => new(step, null, null, null);
}
