using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Chat;

public sealed class ChatStreamTests
{
    [Fact]
    public async Task Events_come_in_the_order_of_Azure_OpenAI_and_spell_the_answer()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        JsonElement whole = await model.ChatJsonAsync(ModelHarness.Greeting);

        string[] events = await model.StreamAsync(
            """{"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hello"}]}""");

        Assert.Equal("[DONE]", events[^1]);
        JsonElement[] chunks = [.. events[..^1].Select(data => JsonElement.Parse(data))];
        Every.One(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());

        Assert.Equal(0, chunks[0].GetProperty("choices").GetArrayLength());
        Assert.Equal(1, chunks[0].GetProperty("prompt_filter_results").GetArrayLength());
        Assert.Equal("assistant", Delta(chunks[1]).GetProperty("role").GetString());

        JsonElement[] words = chunks[2..^2];
        Assert.True(words.Length > 5);
        Assert.Equal(
            whole.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(),
            string.Concat(words.Select(chunk => Delta(chunk).GetProperty("content").GetString())));
        Every.One(chunks[..^1], chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));

        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        Assert.Equal(whole.GetProperty("usage").GetRawText(), chunks[^1].GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task Without_include_usage_no_event_speaks_of_it()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        string[] events = await model.StreamAsync(ModelHarness.StreamedGreeting);

        Assert.DoesNotContain(events, data => data.Contains("usage", StringComparison.Ordinal));
        Assert.True(model.Instance.Counters.Snapshot().CompletionTokens > 0);
    }

    [Fact]
    public async Task A_tool_call_is_streamed_in_fragments()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        string[] events = await model.StreamAsync(ToolBodies.WithStream(ToolBodies.Bookings("Show the bookings of hotel 3 from 2026-03-01")));

        JsonElement[] calls =
        [
            .. events[1..^2].Select(data => Delta(JsonElement.Parse(data))).Where(delta => delta.TryGetProperty("tool_calls", out _))
                .Select(delta => delta.GetProperty("tool_calls")[0]),
        ];
        Assert.Equal("get_bookings", calls[0].GetProperty("function").GetProperty("name").GetString());
        Assert.StartsWith("call_", calls[0].GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.True(calls.Length > 2);
        Every.One(calls, call => Assert.Equal(0, call.GetProperty("index").GetInt32()));
        string arguments = string.Concat(calls.Select(call => call.GetProperty("function").GetProperty("arguments").GetString()));
        Assert.Equal("""{"hotelId":3,"minDate":"2026-03-01"}""", arguments);
        Assert.Equal("tool_calls", JsonElement.Parse(events[^2]).GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Each_event_leaves_before_the_pause_that_follows_it()
    {
        var time = new FakeTimeProvider();
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { ChunkDelay = TimeSpan.FromHours(1) }, time);

        using HttpResponseMessage response = await model.PostAsync(
            ModelHarness.ChatPath, ModelHarness.StreamedGreeting, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ModelHarness.Cancelled));
        Assert.Contains("prompt_filter_results", await NextAsync(reader), StringComparison.Ordinal);
        Assert.Contains("\"role\":\"assistant\"", await NextAsync(reader), StringComparison.Ordinal);

        // The clock stands still, so the first word can not have left; it does once the hour is over.
        Task<string?> word = NextAsync(reader);
        while (!word.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.Contains("Hello!", await word, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_leaves_in_the_middle_is_noticed()
    {
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { ChunkDelay = TimeSpan.FromHours(1) });

        using (await model.PostAsync(ModelHarness.ChatPath, ModelHarness.StreamedGreeting, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(1, model.Instance.Counters.Snapshot().InFlight);
        }

        ModelCountersSnapshot counters = await Wait.For(model.Instance.Counters.WaitForAsync(
            counters => counters is { Disconnects: 1, InFlight: 0 }, ModelHarness.Cancelled));
        Assert.Equal(1, counters.Count(ModelOperation.ChatCompletions, ModelCounters.ClientClosedRequest));
        Assert.Equal(0, counters.CompletionTokens);
    }

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");

    private static async Task<string?> NextAsync(StreamReader reader)
    {
        string? line = await reader.ReadLineAsync(ModelHarness.Cancelled);
        await reader.ReadLineAsync(ModelHarness.Cancelled);
        return line;
    }
}
