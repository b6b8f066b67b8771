using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Models;

public sealed class ModelInstanceTests
{
    [Fact]
    public async Task A_port_in_use_is_an_error_that_names_it()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        int port = model.Instance.Endpoint.Port;

        var taken = await Assert.ThrowsAsync<IOException>(() => ModelHarness.StartAsync(options => options with { Port = port }));

        Assert.Contains($":{port}", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_can_not_bring_a_disposed_instance_back()
    {
        ModelHarness model = await ModelHarness.StartAsync();
        await model.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => model.Instance.SetFaultAsync(null, ModelHarness.Cancelled));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => model.Instance.SetFaultAsync(new RefuseFault(), ModelHarness.Cancelled));
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_a_stalled_call()
    {
        ModelHarness model = await ModelHarness.StartAsync();
        await model.Instance.SetFaultAsync(new StallFault(), ModelHarness.Cancelled);
        Task<HttpResponseMessage> call = model.ChatAsync(ModelHarness.Greeting);
        await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 1, ModelHarness.Cancelled));

        await model.Instance.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), ModelHarness.Cancelled);

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        model.Client.Dispose();
    }
}
