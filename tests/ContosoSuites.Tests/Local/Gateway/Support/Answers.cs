using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>Answers of models, as far as tokens go.</summary>
internal static class Answers
{
    public static string Usage(int prompt, int completion) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"prompt_tokens":{{{prompt}}},"completion_tokens":{{{completion}}},"total_tokens":{{{prompt + completion}}},"prompt_tokens_details":{"cached_tokens":0}}""");

    public static string Chat(int prompt, int completion, string text = "Good day.") =>
        $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"}}],"model":"gpt-5.4-mini-2026","usage":{{{Usage(prompt, completion)}}}}""";

    public static string Embeddings(int prompt, int bytes)
    {
        var vectors = new string('A', bytes).Chunk(8192).Select((vector, index) => string.Create(
            CultureInfo.InvariantCulture, $$"""{"object":"embedding","index":{{index}},"embedding":"{{new string(vector)}}"}"""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"object":"list","data":[{{{string.Join(',', vectors)}}}],"model":"text-embedding-3-small","usage":{"prompt_tokens":{{{prompt}}},"total_tokens":{{{prompt}}}}}""");
    }

    /// <summary>A stream of so many words, which tells its usage when there is one to tell.</summary>
    public static string Stream(int words, string? usage, string newLine = "\n")
    {
        var stream = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            stream.Append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"usage\\\"{ \"}}],\"model\":\"gpt-5.4-mini-2026\",\"usage\":null}").Append(newLine).Append(newLine);
        }

        if (usage is not null)
        {
            stream.Append("data: {\"choices\":[],\"model\":\"gpt-5.4-mini-2026\",\"usage\":").Append(usage).Append('}').Append(newLine).Append(newLine);
        }

        return stream.Append("data: [DONE]").Append(newLine).Append(newLine).ToString();
    }

    /// <summary>Sends a body in pieces, each on its own.</summary>
    public static Func<HttpContext, Task> InPieces(string contentType, IEnumerable<ReadOnlyMemory<byte>> pieces) => async http =>
    {
        http.Response.ContentType = contentType;
        foreach (var piece in pieces)
        {
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    };
}
