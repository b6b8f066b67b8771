using System.Net.Http.Headers;
using ContosoSuites.Local.Gateway.Records;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Two simulated instances, each with a cause, behind the gateway with the deployed policy.</summary>
internal sealed class MatrixSystem : IAsyncDisposable
{
    private static readonly TimeSpan ForwardTimeout = TimeSpan.FromSeconds(60);

    private MatrixSystem(FailingInstance first, FailingInstance second, TestGateway gateway)
    {
        First = first;
        Second = second;
        Gateway = gateway;
    }

    /// <summary>The instance in swedencentral, with which the round robin begins.</summary>
    public FailingInstance First { get; }

    /// <summary>The instance in francecentral.</summary>
    public FailingInstance Second { get; }

    public TestGateway Gateway { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MatrixSystem> StartAsync(Cause first, Cause second)
    {
        var one = await FailingInstance.StartAsync("swedencentral", first, Cancellation);
        var other = await FailingInstance.StartAsync("francecentral", second, Cancellation);
        return new MatrixSystem(one, other, await TestGateway.StartAsync(
            GatewayFolder.Deployed, new() { ["openai-primary"] = one.Address, ["openai-secondary"] = other.Address }));
    }

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;

    /// <summary>Sends a request; where an instance keeps it waiting, the gateway's time is moved on as soon as it waits.</summary>
    public async Task<(HttpResponseMessage Response, RequestRecord Record)> SendAsync(Operation operation)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task[] timeouts = [.. new[] { First, Second }.Where(instance => instance.Cause.Hangs).Select(instance => TimeOutAsync(instance, answered.Token))];
        var response = await Gateway.SendAsync(operation);
        await answered.CancelAsync();
        await Task.WhenAll(timeouts);
        return (response, await Gateway.Log.NextAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private async Task TimeOutAsync(FailingInstance instance, CancellationToken answered)
    {
        try
        {
            while (true)
            {
                await instance.Time.TimerAsync(answered);
                Gateway.Time.Advance(ForwardTimeout);
            }
        }
        catch (OperationCanceledException)
        {
            // The answer is there.
        }
    }
}
