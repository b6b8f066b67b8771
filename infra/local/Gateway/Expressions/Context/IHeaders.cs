using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>Headers or query parameters, as policy expressions see them. Names are compared without case.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Named for what it is to a policy.")]
public interface IHeaders : IReadOnlyDictionary<string, string[]>
{
    /// <summary>The values joined by commas, or <paramref name="defaultValue"/> when there are none.</summary>
    public string? GetValueOrDefault(string name, string? defaultValue = null);
}
