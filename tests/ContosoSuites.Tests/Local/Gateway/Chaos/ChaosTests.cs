using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>Ten thousand requests while instances fail and heal at random: nobody notices as long as one of them is well.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Requests = 10_000;
    private const int AtOnce = 64;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    public async Task No_caller_notices_while_one_instance_is_well(int seed)
    {
        using var certificates = ModelCertificates.Create();
        await using var first = await Victim.StartAsync("swedencentral", certificates);
        await using var second = await Victim.StartAsync("francecentral", certificates);
        await using var gateway = await TestGateway.StartAsync(
            GatewayFolder.Deployed,
            new() { ["openai-primary"] = first.Address, ["openai-secondary"] = second.Address },
            // The time jumps here, and a body that is on its way must not look as if it had fallen silent.
            options => options with { ResponseIdleTimeout = Timeout.InfiniteTimeSpan });
        var traffic = new Traffic(gateway, Requests);
        var havoc = new Havoc(new Random(seed), [first, second], traffic, gateway.Time);

        var calls = traffic.RunAsync(AtOnce, Cancellation);
        await havoc.RunAsync(Requests, Cancellation);
        await calls;

        Assert.Empty(traffic.Exchanges.Where(exchange => exchange.Outcome is not null).Select(exchange => $"{exchange.Number}: {exchange.Outcome}"));

        // A record for every request, and no more when the gateway has stopped.
        await gateway.Log.WaitForAsync(Requests);
        await gateway.DisposeAsync();
        Assert.Equal(Requests, gateway.Log.Records.Count);
        Assert.All(gateway.Log.Records, record => Assert.Equal(200, record.ResponseCode));

        var breakers = new OpenBreakers(traffic.Exchanges, gateway.Log.Records, OpensFor);
        Assert.Empty(breakers.Sent());

        // The instances have answered once for every answer that the callers have got.
        Assert.Equal(Requests, first.Instance.Counters.Snapshot().Count(status: 200) + second.Instance.Counters.Snapshot().Count(status: 200));

        // It was worth the trouble.
        var retries = gateway.Log.Records.Sum(record => record.Attempts.Count - 1);
        var kept = breakers.Kept(traffic.Exchanges);
        output.WriteLine($"{retries} retries, {breakers.Openings} failures that opened a breaker, {kept} requests kept away from one; {string.Join(", ", havoc.Failures)}");
        Assert.Equal(Havoc.Kinds, havoc.Failures.Count);
        Assert.InRange(retries, 500, Requests);
        Assert.InRange(breakers.Openings, 100, Requests);
        Assert.InRange(kept, 500, Requests);
    }

    // As in backends.json.
    private static TimeSpan? OpensFor(int code) => code switch
    {
        429 => Havoc.RetryAfter,
        408 or 499 or 500 or 502 or 503 or 504 => TimeSpan.FromSeconds(10),
        _ => null,
    };
}
