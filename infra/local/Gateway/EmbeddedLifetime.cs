namespace ContosoSuites.Local.Gateway;

/// <summary>Leaves the process's signals alone: the gateway is a guest, and stops when it is disposed.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
