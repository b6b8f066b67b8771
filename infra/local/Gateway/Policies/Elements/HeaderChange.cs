using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>A header, what happens to one that is there (<see cref="ExistsAction"/>), and the values to set.</summary>
internal readonly record struct HeaderChange(string Name, string Action, StringValues Values);
