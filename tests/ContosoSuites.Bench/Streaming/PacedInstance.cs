using System.Diagnostics;
using System.Text;
using ContosoSuites.Bench.Peers;

namespace ContosoSuites.Bench.Streaming;

/// <summary>
/// An instance that streams tokens at a pace, the first at once. Each token is the time at which it was sent, so whoever
/// receives it knows how long it was on its way, whatever the timers do.
/// </summary>
internal static class PacedInstance
{
    /// <summary>How many tokens an answer has.</summary>
    public const int Tokens = 20;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    public static Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(AnswerAsync);

    private static async Task AnswerAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers["x-ms-region"] = "swedencentral";
        for (int token = 0; token < Tokens; token++)
        {
            if (token > 0)
            {
                await Task.Delay(Pace, http.RequestAborted);
            }

            await SendAsync(http, Choice($$"""{"content":"{{Stopwatch.GetTimestamp()}} "}""", "null"));
        }

        await SendAsync(http, Choice("{}", "\"stop\""));
        await SendAsync(http, Chunk("", """{"prompt_tokens":212,"completion_tokens":20,"total_tokens":232}"""));
        await SendAsync(http, "[DONE]");
    }

    private static string Choice(string delta, string finishReason) =>
        Chunk($$"""{"index":0,"delta":{{delta}},"finish_reason":{{finishReason}}}""", "null");

    private static string Chunk(string choice, string usage) =>
        $$"""{"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1767225600,"model":"gpt-5.4-mini-2026-03-17","choices":[{{choice}}],"usage":{{usage}}}""";

    private static async Task SendAsync(HttpContext http, string data)
    {
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), http.RequestAborted);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
