using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>What comes of a stream after the model has said that it had finished: more of an answer spoils it, and nothing else does.</summary>
public sealed class StreamEndTests
{
    private const string Calls = """[{"index":0,"id":"call_1","type":"function","function":{"name":"Hotels_get_hotels","arguments":"{}"}}]""";

    private static readonly string Call = $$"""{"tool_calls":{{Calls}}}""";

    /// <summary>How the answer ends, what comes then, and the title of the problem; null where the answer is whole.</summary>
    public static TheoryData<string, string, string?> Ends => new()
    {
        { "stop", Choice("""{"content":" Or fifteen."}"""), "The model's answer went on after its end." },
        { "stop", Choice(Call), "The model's answer went on after its end." },
        { "stop", Choice(Call, "tool_calls"), "The model's answer went on after its end." },
        { "stop", Choice("""{"refusal":"I take it back."}"""), "The model's answer went on after its end." },
        { "stop", Choice("{}") + Choice("""{"content":" Or fifteen."}"""), "The model's answer went on after its end." },
        { "stop", Choice("{}", "content_filter"), "The model's answer was cut off by the content filter." },
        { "stop", """data: {"error":{"code":"server_error","message":"Oops."}}""" + "\n\n", "The model gateway failed." },
        { "stop", Choice("{}"), null },
        { "stop", Choice("""{"content":""}"""), null },
        { "stop", """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""" + "\n\n", null },
    };

    [Theory, MemberData(nameof(Ends))]
    public async Task What_comes_after_the_end_is_no_part_of_an_answer(string end, string after, string? title)
    {
        await using StubBackend gateway = await StubBackend.StartAsync("stub", Stream(Choice("""{"role":"assistant","content":"We have fourteen hotels."}""") + Choice("{}", end) + after));
        await using CopilotSystem system = await CopilotSystem.StartAsync(new Uri(gateway.Url, "/"), null);

        foreach (string function in (string[])["Chat", "MaintenanceCopilotChat"])
        {
            List<(string Name, JsonElement Data)> events = await AskAsync(system, function);

            Assert.Equal("We have fourteen hotels.", events[0].Data.GetProperty("text").GetString());
            Assert.Equal(2, events.Count);
            Assert.Equal(title is null ? "done" : "error", events[1].Name);
            Assert.Equal(title, title is null ? null : events[1].Data.GetProperty("title").GetString());
        }

        // A call that comes after the end is not carried out, or the model would be told of its result.
        Assert.Equal(2, gateway.Requests.Count);
    }

    [Theory]
    [InlineData("""{"content":"And now to something else."}""")]
    [InlineData("""{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"Hotels_get_hotels","arguments":"{}"}}]}""")]
    public async Task What_comes_after_the_calls_of_tools_spoils_them(string delta)
    {
        await using StubBackend gateway = await StubBackend.StartAsync("stub", Stream(Choice(Call) + Choice("{}", "tool_calls") + Choice(delta)));
        await using CopilotSystem system = await CopilotSystem.StartAsync(new Uri(gateway.Url, "/"), null);

        using HttpResponseMessage response = await SendAsync(system, "Chat");

        await ProblemAssert.IsProblemAsync(response, System.Net.HttpStatusCode.BadGateway, "The model's answer went on after its end.");
        Assert.Single(gateway.Requests);
    }

    private static Func<HttpContext, Task> Stream(string chunks) => http =>
    {
        http.Response.ContentType = "text/event-stream";
        return http.Response.WriteAsync(chunks + "data: [DONE]\n\n", http.RequestAborted);
    };

    private static string Choice(string delta, string? end = null) =>
        $$"""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{JsonSerializer.Serialize(end)}}}]}""" + "\n\n";

    private static async Task<List<(string Name, JsonElement Data)>> AskAsync(CopilotSystem system, string function)
    {
        using HttpResponseMessage response = await SendAsync(system, function);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await ServerSentEvents.ReadAsync(response);
    }

    private static Task<HttpResponseMessage> SendAsync(CopilotSystem system, string function)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = JsonContent.Create(new { message = "How many hotels?" }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return system.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
