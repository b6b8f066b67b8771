using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Stops an app that was started on its own although it was built without the worker package.</summary>
internal sealed class NoFunctionsHost : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException(
        "This app was built with the stand-in for Microsoft.Azure.Functions.Worker and has no channel to the Functions host. "
        + "Start it with ./dev start, or build it on a machine whose package feed has the real packages (-p:UseStandIns=false).");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
