using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Models;

/// <summary>The npm package openai, class AzureOpenAI, straight against an instance.</summary>
public sealed class OpenAIClientTests
{
    [Fact]
    public async Task The_official_client_chats_streams_calls_a_function_and_embeds()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement result = await RunAsync("conversation.mjs", model);

        JsonElement chat = result.GetProperty("chat");
        Assert.Equal("gpt-5.4-mini-2026-03-17", chat.GetProperty("model").GetString());
        Assert.StartsWith("Hello!", chat.GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonElement streamed = result.GetProperty("streamed");
        Assert.Equal(chat.GetProperty("text").GetString(), streamed.GetProperty("text").GetString());
        Assert.Equal(chat.GetProperty("usage").GetRawText(), streamed.GetProperty("usage").GetRawText());
        Assert.Equal("stop", streamed.GetProperty("finishReason").GetString());
        Assert.True(streamed.GetProperty("chunks").GetInt32() > 10);
        Assert.Equal("""{"hotelId":3}""", result.GetProperty("tool").GetProperty("called").GetRawText());
        Assert.Contains("bookingID: 41", result.GetProperty("tool").GetProperty("reply").GetString(), StringComparison.Ordinal);
        JsonElement embeddings = result.GetProperty("embeddings");
        Assert.Equal([1536, 1536], embeddings.GetProperty("lengths").EnumerateArray().Select(length => length.GetInt32()));
        Assert.True(embeddings.GetProperty("largestDifference").GetDouble() < 1e-7);
        Assert.True(embeddings.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 0);

        ModelCountersSnapshot counters = model.Instance.Counters.Snapshot();
        Assert.Equal((4, 2), (counters.Count(ModelOperation.ChatCompletions, 200), counters.Count(ModelOperation.Embeddings, 200)));
    }

    [Fact]
    public async Task The_official_client_recognizes_the_errors()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement result = await RunAsync("errors.mjs", model);

        Assert.Equal("""{"type":"AuthenticationError","status":401,"code":"401"}""", result.GetProperty("wrongKey").GetRawText());
        Assert.Equal("""{"type":"NotFoundError","status":404,"code":"DeploymentNotFound"}""", result.GetProperty("unknownDeployment").GetRawText());
        Assert.Equal("""{"type":"BadRequestError","status":400,"code":"empty_array"}""", result.GetProperty("noMessages").GetRawText());
    }

    [Fact]
    public async Task The_official_client_is_told_when_to_come_back()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        await model.Instance.SetFaultAsync(new ThrottleFault(TimeSpan.FromSeconds(7)), ModelHarness.Cancelled);

        JsonElement result = await RunAsync("throttled.mjs", model);

        Assert.Equal("""{"type":"RateLimitError","status":429,"retryAfter":"7"}""", result.GetProperty("error").GetRawText());
    }

    [Fact]
    public async Task The_official_client_comes_back_by_itself_when_it_was_told_to()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        await model.Instance.SetFaultAsync(new ThrottleFault(TimeSpan.FromMilliseconds(20)) { Requests = 2 }, ModelHarness.Cancelled);

        JsonElement result = await RunAsync("throttled.mjs", model, ("MAX_RETRIES", "2"));

        Assert.StartsWith("Hello!", result.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, model.Instance.Counters.Snapshot().Count(status: 429));
    }

    private static Task<JsonElement> RunAsync(string script, ModelHarness model, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> environment = NodeProject.Environment(model.Instance.Endpoint, "secret");
        foreach ((string name, string value) in more)
        {
            environment[name] = value;
        }

        return NodeProject.RunAsync(script, environment, ModelHarness.Cancelled);
    }
}
