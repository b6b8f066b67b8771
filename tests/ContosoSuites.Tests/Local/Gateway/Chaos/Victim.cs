using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>An instance that can be made to fail, and its clock.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private readonly NoticedTimeProvider _time;
    private Task _nextHung;

    private Victim(ModelInstance instance, NoticedTimeProvider time, ModelCertificates certificates)
    {
        _time = time;
        _nextHung = time.TimerAsync(TestContext.Current.CancellationToken);
        Instance = instance;
        Address = new BackendAddress(new Uri(instance.Endpoint, "openai")) { Authority = certificates.Authority };
    }

    public ModelInstance Instance { get; }

    public BackendAddress Address { get; }

    public static async Task<Victim> StartAsync(string region, ModelCertificates certificates)
    {
        var time = new NoticedTimeProvider();
        var options = new ModelInstanceOptions { Name = region, Region = region, Certificates = certificates };
        return new Victim(await ModelInstance.StartAsync(options, time, TestContext.Current.CancellationToken), time, certificates);
    }

    /// <summary>Waits until a request hangs here.</summary>
    public Task HangsAsync() => _nextHung;

    /// <summary>Waits, while no request begins, until all that are under way hang here.</summary>
    public async Task AllHangAsync(Traffic traffic)
    {
        var hung = 0;
        while (await Task.WhenAny(traffic.AtMostAsync(hung), _nextHung) == _nextHung)
        {
            hung++;
            _nextHung = _time.TimerAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        _time.Dispose();
    }
}
