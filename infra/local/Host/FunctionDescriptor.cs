namespace ContosoSuites.Local.Host;

/// <summary>A function as the host serves it.</summary>
/// <param name="Name">The function's name.</param>
public abstract record FunctionDescriptor(string Name);
