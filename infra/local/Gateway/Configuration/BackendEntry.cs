using System.Text.Json;

namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>One backend of the pool.</summary>
/// <param name="Name">The name of the backend resource.</param>
/// <param name="Region">The region of the instance behind it.</param>
/// <param name="Priority">The group it belongs to; lower numbers come first.</param>
/// <param name="Weight">Its share of the group's requests, relative to the others'.</param>
/// <param name="Fault">What a simulated instance in its place does wrong from the start; neither a gateway nor a deployment looks at it.</param>
internal sealed record BackendEntry(string Name, string Region, int Priority, int Weight, JsonElement? Fault = null);
