using Microsoft.Extensions.Hosting;

// The namespace is what the host goes by.
namespace Microsoft.Azure.Functions.Worker.TestDoubles;

/// <summary>Stands for the worker's service that looks for the Functions host.</summary>
public sealed class WorkerService : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("There is no Functions host.");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
