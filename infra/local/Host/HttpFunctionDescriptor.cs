namespace ContosoSuites.Local.Host;

/// <summary>A function behind a route.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Route">The route template with its prefix, without a leading slash.</param>
/// <param name="Methods">The HTTP methods in upper case; none means any.</param>
public sealed record HttpFunctionDescriptor(string Name, string Route, IReadOnlyList<string> Methods) : FunctionDescriptor(Name);
