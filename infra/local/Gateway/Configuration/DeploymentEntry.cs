namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>A model deployment that every instance has. Its quota is its own, and so are its backends and their breakers.</summary>
/// <param name="Name">What follows the instance's name in those of its backends: <c>openai-primary-chat</c>.</param>
/// <param name="Pool">The name of the load-balanced pool of its backends.</param>
internal sealed record DeploymentEntry(string Name, string Pool)
{
    /// <summary>The name of its backend resource at <paramref name="instance"/>.</summary>
    public string BackendOf(InstanceEntry instance) => $"{instance.Name}-{Name}";
}
