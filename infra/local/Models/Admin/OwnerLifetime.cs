namespace ContosoSuites.Local.Models.Admin;

/// <summary>Leaves starting and stopping to whoever holds the server: signals are the process's business, not one part's.</summary>
internal sealed class OwnerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
