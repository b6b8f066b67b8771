using System.Net;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Chat;

public sealed class ChatRequestReaderTests
{
    [Theory]
    [InlineData("", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("{\"messages\":", "invalid_json", null)]
    [InlineData("""{"messages":[{"role":"user","content":"\ud800"}]}""", "invalid_json", null)]
    [InlineData("{}", "missing_required_parameter", "messages")]
    [InlineData("""{"messages":null}""", "missing_required_parameter", "messages")]
    [InlineData("""{"messages":[]}""", "empty_array", "messages")]
    [InlineData("""{"messages":"Hello"}""", "invalid_type", "messages")]
    [InlineData("""{"messages":["Hello"]}""", "invalid_type", "messages[0]")]
    [InlineData("""{"messages":[{"content":"Hello"}]}""", "missing_required_parameter", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"guest","content":"Hello"}]}""", "invalid_value", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "missing_required_parameter", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"tool","content":"x","tool_call_id":"call_1"}]}""", "invalid_value", "messages[0]")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]}""", "invalid_value", "messages[1]")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"stream":"yes"}""", "invalid_type", "stream")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"stream_options":{"include_usage":true}}""", "invalid_value", "stream_options")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"n":2}""", "unsupported_value", "n")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"max_completion_tokens":0}""", "invalid_value", "max_completion_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"max_tokens":9}""", "unsupported_parameter", "max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"temperature":0.2}""", "unsupported_parameter", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"top_p":0.5}""", "unsupported_parameter", "top_p")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"presence_penalty":1}""", "unsupported_parameter", "presence_penalty")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"frequency_penalty":1}""", "unsupported_parameter", "frequency_penalty")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"logprobs":true}""", "unsupported_parameter", "logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"reasoning_effort":"great"}""", "unsupported_value", "reasoning_effort")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"reasoning_effort":"low","tools":[{"type":"function","function":{"name":"f"}}]}""", "unsupported_value", "reasoning_effort")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tools":[]}""", "empty_array", "tools")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"no spaces"}}]}""", "invalid_value", "tools[0].function.name")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tool_choice":"auto"}""", "invalid_value", "tool_choice")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{"type":"function","function":{"name":"g"}}}""", "invalid_value", "tool_choice")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}}""", "invalid_value", "response_format.type")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}}""", "unsupported_value", "response_format.type")]
    public async Task What_Azure_OpenAI_would_refuse_is_refused_by_name(string body, string code, string? param)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.ChatAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonElement error = await ModelHarness.ErrorAsync(response);
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"reasoning_effort":"low"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"reasoning_effort":"none","tools":[{"type":"function","function":{"name":"f"}}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"temperature":null}""")]
    public async Task What_the_model_takes_is_taken(string body)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.ChatAsync(body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_is_refused()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        string text = string.Concat(Enumerable.Repeat("a ", 272_001));

        using HttpResponseMessage response = await model.ChatAsync($$"""{"messages":[{"role":"user","content":"{{text}}"}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("context_length_exceeded", (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
    }
}
