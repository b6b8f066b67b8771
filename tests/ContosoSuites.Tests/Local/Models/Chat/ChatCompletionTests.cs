using System.Net;
using System.Text.Json;
using ContosoSuites.Local.Models;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Chat;

public sealed class ChatCompletionTests
{
    [Fact]
    public async Task A_good_answer_has_the_fields_and_headers_of_Azure_OpenAI()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        model.Client.DefaultRequestHeaders.Add("x-ms-client-request-id", "caller-7");

        using HttpResponseMessage response = await model.ChatAsync(ModelHarness.Greeting);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("swedencentral", Assert.Single(response.Headers.GetValues("x-ms-region")));
        Assert.Equal("caller-7", Assert.Single(response.Headers.GetValues("x-ms-client-request-id")));
        Assert.True(Guid.TryParse(Assert.Single(response.Headers.GetValues("apim-request-id")), out _));
        Assert.Contains("x-ratelimit-limit-requests", response.Headers.Select(header => header.Key));
        Assert.Contains("x-ratelimit-remaining-tokens", response.Headers.Select(header => header.Key));

        JsonElement body = JsonElement.Parse(await response.Content.ReadAsStringAsync(ModelHarness.Cancelled));
        Assert.Equal("chat.completion", body.GetProperty("object").GetString());
        Assert.Equal("gpt-5.4-mini-2026-03-17", body.GetProperty("model").GetString());
        Assert.False(body.GetProperty("prompt_filter_results")[0].GetProperty("content_filter_results").GetProperty("hate").GetProperty("filtered").GetBoolean());
        JsonElement choice = Assert.Single(body.GetProperty("choices").EnumerateArray());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("safe", choice.GetProperty("content_filter_results").GetProperty("violence").GetProperty("severity").GetString());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.StartsWith("Hello!", choice.GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_adds_up_and_is_what_the_counters_say()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement usage = (await model.ChatJsonAsync(ModelHarness.Greeting)).GetProperty("usage");

        int prompt = usage.GetProperty("prompt_tokens").GetInt32();
        int completion = usage.GetProperty("completion_tokens").GetInt32();
        Assert.True(prompt > 0 && completion > 0);
        Assert.Equal(prompt + completion, usage.GetProperty("total_tokens").GetInt32());
        Assert.Equal(0, usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32());
        ModelCountersSnapshot counters = model.Instance.Counters.Snapshot();
        Assert.Equal((prompt, completion), (counters.PromptTokens, counters.CompletionTokens));
        Assert.Equal(1, counters.Count(ModelOperation.ChatCompletions, 200));
    }

    [Fact]
    public async Task The_same_conversation_always_gets_the_same_reply()
    {
        await using ModelHarness one = await ModelHarness.StartAsync();
        await using ModelHarness other = await ModelHarness.StartAsync(options => options with { Region = "francecentral" });
        const string Body = """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":[{"type":"text","text":"Is the pool open?"}]}]}""";

        string first = Reply(await one.ChatJsonAsync(Body));

        Assert.Contains("simulated", first, StringComparison.Ordinal);
        Assert.Equal(first, Reply(await other.ChatJsonAsync(Body)));
    }

    [Fact]
    public async Task An_answer_longer_than_allowed_is_cut_and_says_so()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement body = await model.ChatJsonAsync("""{"max_completion_tokens":3,"messages":[{"role":"user","content":"Hello"}]}""");

        Assert.Equal("length", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(3, body.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task The_newer_surface_takes_the_deployment_from_the_body()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.PostAsync(
            "openai/v1/chat/completions", """{"model":"gpt-5.4-mini","messages":[{"role":"user","content":"Hello"}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Reply(JsonElement body) => body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
