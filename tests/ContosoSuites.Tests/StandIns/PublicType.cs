namespace ContosoSuites.Tests.StandIns;

/// <summary>What source code can see of a type.</summary>
/// <param name="Declaration">Modifiers and attributes.</param>
/// <param name="BaseType">The base class; null for an interface.</param>
/// <param name="Usage">For an attribute class, how it may be used, where it says so itself.</param>
/// <param name="Interfaces">The interfaces it implements.</param>
/// <param name="Members">Visible members, each as one line.</param>
internal sealed record PublicType(string Declaration, string? BaseType, string? Usage, IReadOnlyList<string> Interfaces, IReadOnlyList<string> Members);
