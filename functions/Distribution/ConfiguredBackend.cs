namespace ContosoSuites.Functions.Distribution;

/// <summary>
/// What stands for one region in the distribution: an instance of infra/gateway/backends.json, which is one backend in the pool
/// of each deployment.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region it stands in.</param>
/// <param name="Priority">Its priority group; lower numbers come first.</param>
/// <param name="Weight">Its weight within the group.</param>
/// <param name="Host">
/// The host that it answers on, with the port unless that is 443; empty when it is not known. The logs name a backend that
/// did not answer by nothing else.
/// </param>
public sealed record ConfiguredBackend(string Name, string Region, int Priority, int Weight, string Host = "");
