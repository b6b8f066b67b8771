using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>The variables of a request, as policy expressions see them.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Named for what it is to a policy.")]
public interface IVariables : IReadOnlyDictionary<string, object?>
{
    /// <summary>The variable as a <typeparamref name="T"/>, or <paramref name="defaultValue"/> when it is not set.</summary>
    /// <exception cref="InvalidCastException">It is set and is something else.</exception>
    public T? GetValueOrDefault<T>(string name, T? defaultValue = default);
}
