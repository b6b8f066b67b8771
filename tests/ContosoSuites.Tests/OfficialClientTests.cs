using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Models.Faults;
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
}
