namespace ContosoSuites.Functions.Distribution;

/// <summary>A backend of the gateway's pool, as infra/gateway/backends.json has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region it stands in.</param>
/// <param name="Priority">Its priority group; lower numbers come first.</param>
/// <param name="Weight">Its weight within the group.</param>
public sealed record ConfiguredBackend(string Name, string Region, int Priority, int Weight);
