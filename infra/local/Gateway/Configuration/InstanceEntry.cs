using System.Text.Json;

namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>An Azure OpenAI instance: one backend a deployment, each in the pool of its deployment.</summary>
/// <param name="Name">Its name, with which those of its backends begin.</param>
/// <param name="Region">Its region.</param>
/// <param name="Priority">The group that it belongs to in each pool; lower numbers come first.</param>
/// <param name="Weight">Its share of the group's requests, relative to the others'.</param>
/// <param name="Fault">What a simulated instance in its place does wrong from the start; neither a gateway nor a deployment looks at it.</param>
internal sealed record InstanceEntry(string Name, string Region, int Priority, int Weight, JsonElement? Fault = null);
