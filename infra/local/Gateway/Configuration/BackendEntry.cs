namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>One backend of the pool.</summary>
/// <param name="Name">The name of the backend resource.</param>
/// <param name="Region">The region of the instance behind it.</param>
/// <param name="Priority">The group it belongs to; lower numbers come first.</param>
/// <param name="Weight">Its share of the group's requests, relative to the others'.</param>
internal sealed record BackendEntry(string Name, string Region, int Priority, int Weight);
