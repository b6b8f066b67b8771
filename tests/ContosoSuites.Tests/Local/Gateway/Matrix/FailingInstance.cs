using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Gateway.Support;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>A simulated instance that does what a cause says, and where a gateway finds it.</summary>
internal sealed class FailingInstance : IAsyncDisposable
{
    private readonly ModelCertificates? _certificates;

    private FailingInstance(Cause cause, ModelInstance instance, NoticedTimeProvider time, ModelCertificates? certificates)
    {
        _certificates = certificates;
        Cause = cause;
        Instance = instance;
        Time = time;
        Address = new BackendAddress(cause.Address(new Uri(instance.Endpoint, "openai"))) { Authority = certificates?.Authority };
    }

    public Cause Cause { get; }

    public ModelInstance Instance { get; }

    /// <summary>The instance's clock.</summary>
    public NoticedTimeProvider Time { get; }

    public BackendAddress Address { get; }

    public static async Task<FailingInstance> StartAsync(string region, Cause cause, CancellationToken cancellationToken)
    {
        var certificates = cause.Https ? ModelCertificates.Create() : null;
        var time = new NoticedTimeProvider();
        var instance = await ModelInstance.StartAsync(
            new ModelInstanceOptions { Name = region, Region = region, Certificates = certificates }, time, cancellationToken);
        await instance.SetFaultAsync(cause.Fault, cancellationToken);
        return new FailingInstance(cause, instance, time, certificates);
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        Time.Dispose();
        _certificates?.Dispose();
    }
}
