using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ContosoSuites.Local.Host.App;

/// <summary>
/// Removes from an app what makes it a worker process: the services that call the Functions host over gRPC and the web
/// server that the host forwards requests to. Its own hosted services and those of the libraries it uses stay.
/// </summary>
internal static class HostedServices
{
    private static readonly string[] NamespacesOfTheWorker = ["Microsoft.Azure.Functions.Worker", "Microsoft.AspNetCore.Hosting"];

    public static void KeepThoseOfTheApp(IServiceCollection services)
    {
        foreach (ServiceDescriptor service in services.Where(s => s.ServiceType == typeof(IHostedService) && IsOfTheWorker(s)).ToList())
        {
            services.Remove(service);
        }

        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
    }

    private static bool IsOfTheWorker(ServiceDescriptor service)
    {
        // A factory's declared result is the last type argument of its delegate.
        Type? type = service.IsKeyedService
            ? null
            : service.ImplementationType
                ?? service.ImplementationInstance?.GetType()
                ?? service.ImplementationFactory!.GetType().GenericTypeArguments[^1];
        return type?.Namespace is { } ns
            && NamespacesOfTheWorker.Any(worker => ns == worker || ns.StartsWith(worker + ".", StringComparison.Ordinal));
    }

    /// <summary>In place of the console lifetime, which would take Ctrl-C away from the program this app runs in.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
