using System.Diagnostics;
using System.Net;
using ContosoSuites.Local.Host;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Host.Workers;

/// <summary>The worker as a process: it is replaced when it dies, ends when the host does, and says why it does not start.</summary>
public sealed class WorkerProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_dies_costs_a_request_and_is_replaced()
    {
        await using TestHost host = await TestHost.StartProcessAsync();
        int first = Id(host);
        using (HttpResponseMessage before = await host.Client.GetAsync("api/Hotels", Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        await KillAsync(first);
        HttpStatusCode[] after = [await HotelsAsync(host), await HotelsAsync(host), await HotelsAsync(host)];

        Assert.True(after.Count(status => status is HttpStatusCode.InternalServerError) <= 1, string.Join(", ", after));
        Assert.Equal(HttpStatusCode.OK, after[^1]);
        Assert.NotEqual(first, Id(host));
        Assert.Contains(host.Logs.Problems, entry => entry.Message.Contains("worker is gone", StringComparison.Ordinal) && entry.Message.Contains("137", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_ends_with_its_host_and_well()
    {
        TestHost host = await TestHost.StartProcessAsync();
        using Process worker = Process.GetProcessById(Id(host));

        await host.DisposeAsync();

        Assert.True(worker.HasExited);
        Assert.DoesNotContain(host.Logs.Problems, entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task An_app_that_does_not_start_says_why_without_a_stack()
    {
        var failure = await Assert.ThrowsAsync<FunctionsHostException>(() => TestHost.StartProcessAsync(("ApiManagement:ApiKey", null), ("Chat:MaxMessageLength", "0")));

        Assert.Contains("ApiManagement:ApiKey", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Chat:MaxMessageLength", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", failure.Message, StringComparison.Ordinal);
    }

    private static int Id(TestHost host) => host.Host.Worker.ProcessId!.Value;

    private static async Task<HttpStatusCode> HotelsAsync(TestHost host)
    {
        using HttpResponseMessage response = await host.Client.GetAsync("api/Hotels", Cancellation);
        return response.StatusCode;
    }

    private static async Task KillAsync(int id)
    {
        using Process worker = Process.GetProcessById(id);
        worker.Kill();
        await worker.WaitForExitAsync(Cancellation);
    }
}
