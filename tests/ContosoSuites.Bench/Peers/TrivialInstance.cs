namespace ContosoSuites.Bench.Peers;

/// <summary>
/// An instance that gives every call the same answer, of the size that a short chat has. The simulated instances read and
/// count what they are asked, which would be most of what is measured.
/// </summary>
internal static class TrivialInstance
{
    private static readonly byte[] Answer =
        """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1767225600,"model":"gpt-5.4-mini-2026-03-17","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"There are nine bookings from the first of March on. The longest is for six nights; two guests stay in four of the rooms, and one room is for a family of five."},"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}}],"usage":{"prompt_tokens":212,"completion_tokens":41,"total_tokens":253}}
        """u8.ToArray();

    public static Task<LoopbackServer> StartAsync(string region) => LoopbackServer.StartAsync(async http =>
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Answer.Length;
        http.Response.Headers["x-ms-region"] = region;
        http.Response.Headers["apim-request-id"] = "5f3c1d52-6a8e-4c0b-9d7f-2b1a90e4c6d3";
        await http.Response.BodyWriter.WriteAsync(Answer, http.RequestAborted);
    });
}
