using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Gateway.Logs;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>Ten thousand requests while instances fail and heal at random: nobody notices as long as one of them is well.</summary>
[Collection(AloneCollection.Name)]
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
        using var file = new LogFile();
        await using var tables = new SqliteRequestLog(new RequestLogOptions { File = file.Path, Settings = new LogSettings("test", [], new UrlSecrets([GatewaySubscription.Local])) });
        await using var gateway = await TestGateway.StartAsync(
            GatewayFolder.Deployed,
            new() { ["openai-primary"] = first.Address, ["openai-secondary"] = second.Address },
            options => options with
            {
                NamedValues = new Dictionary<string, string> { ["openai-tokens-per-minute"] = $"{int.MaxValue}" },
                RequestLogs = [.. options.RequestLogs, tables],
                // The time jumps here, and a body that is on its way must not look as if it had fallen silent.
                ResponseIdleTimeout = Timeout.InfiniteTimeSpan,
            });
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
        Every.One(gateway.Log.Records, record => Assert.Equal(200, record.ResponseCode));

        var breakers = new OpenBreakers(traffic.Exchanges, gateway.Log.Records, OpensFor);
        Assert.Empty(breakers.Sent());

        // The instances have answered once for every answer that the callers have got, and given out the tokens that are recorded.
        ModelCountersSnapshot[] counters = [first.Instance.Counters.Snapshot(), second.Instance.Counters.Snapshot()];
        Assert.Equal(Requests, counters.Sum(instance => instance.Count(status: 200)));
        Assert.Equal(
            (counters.Sum(instance => instance.PromptTokens), counters.Sum(instance => instance.CompletionTokens)),
            (gateway.Log.Records.Sum(record => (long)record.Usage!.PromptTokens), gateway.Log.Records.Sum(record => (long)record.Usage!.CompletionTokens)));

        // The log tables have a row for every request, none twice, and the same tokens.
        await tables.DisposeAsync();
        Assert.Equal((Requests, 0), (tables.Written, tables.Dropped));
        Assert.Equal(
            gateway.Log.Records.Select(record => record.RequestId.ToString()).Order(StringComparer.Ordinal),
            file.Rows("ApiManagementGatewayLogs").Select(row => (string)row["CorrelationId"]!).Order(StringComparer.Ordinal));
        Assert.Equal(
            counters.Sum(instance => instance.PromptTokens + instance.CompletionTokens),
            file.Rows("ApiManagementGatewayLlmLog").Sum(row => (long)row["PromptTokens"]! + (long)row["CompletionTokens"]!));

        // It was worth the trouble, also where a busy machine spreads the requests unevenly.
        var retries = gateway.Log.Records.Sum(record => record.Attempts.Count - 1);
        var kept = breakers.Kept(traffic.Exchanges);
        output.WriteLine($"{retries} retries, {breakers.Openings} failures that opened a breaker, {kept} requests kept away from one; {string.Join(", ", havoc.Failures)}");
        Assert.Equal(Havoc.Kinds, havoc.Failures.Count);
        Assert.InRange(retries, 100, Requests);
        Assert.InRange(breakers.Openings, 30, Requests);
        Assert.InRange(kept, 50, Requests);
    }

    // As in backends.json.
    private static TimeSpan? OpensFor(int code) => code switch
    {
        429 => Havoc.RetryAfter,
        408 or 499 or 500 or 502 or 503 or 504 => TimeSpan.FromSeconds(10),
        _ => null,
    };
}
