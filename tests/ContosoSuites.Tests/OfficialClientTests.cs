using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>The npm package openai, class AzureOpenAI, through the local gateway: a client that nobody here wrote.</summary>
public sealed class OfficialClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chats_streams_calls_a_function_and_embeds_through_the_gateway(bool oneInstanceFails)
    {
        await using TestSystem system = await TestSystem.StartAsync();
        if (oneInstanceFails)
        {
            await system.Local.Instances[0].SetFaultAsync(new StatusFault(503), TestContext.Current.CancellationToken);
        }

        JsonElement result = await NodeProject.RunAsync(
            "conversation.mjs",
            NodeProject.Environment(system.Local.Gateway.Endpoint, GatewaySubscription.LocalKey),
            TestContext.Current.CancellationToken);

        JsonElement chat = result.GetProperty("chat");
        JsonElement streamed = result.GetProperty("streamed");
        Assert.NotEmpty(chat.GetProperty("text").GetString()!);
        Assert.Equal(chat.GetProperty("text").GetString(), streamed.GetProperty("text").GetString());
        Assert.Equal(chat.GetProperty("usage").GetRawText(), streamed.GetProperty("usage").GetRawText());
        Assert.Equal("""{"hotelId":3}""", result.GetProperty("tool").GetProperty("called").GetRawText());
        Assert.Contains("bookingID: 41", result.GetProperty("tool").GetProperty("reply").GetString(), StringComparison.Ordinal);
        Assert.Equal([1536, 1536], result.GetProperty("embeddings").GetProperty("lengths").EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal(oneInstanceFails ? 0 : 3, system.Local.Instances[0].Counters.Snapshot().Count(status: 200));
        Assert.Equal(oneInstanceFails ? 6 : 3, system.Local.Instances[1].Counters.Snapshot().Count(status: 200));
    }

    [Fact]
    public async Task Comes_back_when_Retry_After_says_and_is_served()
    {
        using var log = new RecordingLog();
        await using LocalSystem system = await StartThrottledAsync(log, TimeSpan.FromSeconds(1), requests: 1);

        JsonElement result = await RunThrottledAsync(system, retries: 2);

        // One second, neither less, which would be in vain, nor the client's own guess, which begins at half of that.
        Assert.NotEmpty(result.GetProperty("text").GetString()!);
        Assert.InRange(result.GetProperty("milliseconds").GetDouble(), 1000, 10_000);
        Assert.Equal([429, 200], log.Records.Select(record => record.ResponseCode));
        Every.One(system.Instances, instance => Assert.Equal(1, instance.Counters.Snapshot().Count(status: 429)));
    }

    [Fact]
    public async Task Without_retries_of_its_own_it_raises_the_error_with_its_headers()
    {
        using var log = new RecordingLog();
        await using LocalSystem system = await StartThrottledAsync(log, TimeSpan.FromSeconds(40), requests: null);

        JsonElement result = await RunThrottledAsync(system, retries: 0);

        Assert.Equal("""{"type":"RateLimitError","status":429,"retryAfter":"40"}""", result.GetProperty("error").GetRawText());
        Assert.Single(log.Records);
    }

    private static async Task<LocalSystem> StartThrottledAsync(RecordingLog log, TimeSpan retryAfter, int? requests)
    {
        LocalSystem system = await LocalSystem.StartAsync(
            new LocalSystemOptions { AppSettings = new Dictionary<string, string?>(), StartApp = false, RequestLog = log },
            TestContext.Current.CancellationToken);
        foreach (var instance in system.Instances)
        {
            await instance.SetFaultAsync(new ThrottleFault(retryAfter) { Requests = requests }, TestContext.Current.CancellationToken);
        }

        return system;
    }

    private static Task<JsonElement> RunThrottledAsync(LocalSystem system, int retries)
    {
        Dictionary<string, string> environment = NodeProject.Environment(system.Gateway.Endpoint, GatewaySubscription.LocalKey);
        environment["MAX_RETRIES"] = retries.ToString(CultureInfo.InvariantCulture);
        return NodeProject.RunAsync("throttled.mjs", environment, TestContext.Current.CancellationToken);
    }
}
