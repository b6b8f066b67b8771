namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>An element that the gateway knows: its name, where it may stand, and how it is read.</summary>
internal sealed record PolicyElement(string Name, PolicySections Sections, Func<PolicyElementReader, IPolicy> Read);
