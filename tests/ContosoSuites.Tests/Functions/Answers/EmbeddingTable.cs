using System.Globalization;
using ContosoSuites.Tests.Local.Gateway.Matrix;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>What becomes of the answers to an embedding that are none. The tests run every row, and the table in the documentation is this one.</summary>
internal static class EmbeddingTable
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("200, a vector of 3 numbers", Stub.Answer(200, """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"AAAAAAAAAAAAAIA/"}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""), 502, "The embedding has the wrong length.", "vector of 3 numbers, and Embeddings:Dimensions is 1536"),
        new("200, no vector", Stub.Answer(200, """{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":1,"total_tokens":1}}"""), 502, "The model's answer can not be read.", "ApiManagement:Endpoint"),
        new("200, an error of a throttled model's", Stub.Answer(200, """{"error":{"code":"429","message":"Slow down."}}"""), 429, "The models are busy.", "throttled"),
        new("400 without a code, for a text that is too long", Stub.Answer(400, """{"error":{"message":"This model's maximum context length is 8192 tokens, however you requested 9000 tokens (9000 in your prompt; 0 for the completion). Please reduce your prompt; or completion length.","type":"invalid_request_error","param":null,"code":null}}"""), 400, "The message is too long for the model.", "shorter"),
        new("400 for another reason", Stub.Answer(400, """{"error":{"message":"No.","type":"invalid_request_error","param":null,"code":null}}"""), 502, "The model did not accept the request.", "AzureOpenAI:EmbeddingDeploymentName"),
        new("API Management: 403 \"Out of call volume quota\"", AnswerRow.Refuses(403, "Out of call volume quota. Quota will be replenished in 00:00:27."), 429, "The call quota is used up.", "in 27 seconds"),
    ];

    /// <summary>The table as it stands in the documentation.</summary>
    public static string Render() => MarkdownTable.Render(
        ["the answer to an embedding", "Vectorize", "a request that is being saved"],
        Rows.Select(row => new[] { row.Says, string.Create(CultureInfo.InvariantCulture, $"{row.Status}, \"{row.Title}\""), "201, `embedded` is false" }));

    /// <summary>A row.</summary>
    /// <param name="Says">What the gateway answers, in words.</param>
    /// <param name="Gateway">What does that.</param>
    /// <param name="Status">What Vectorize answers.</param>
    /// <param name="Title">With this title.</param>
    /// <param name="Mention">And these words in its detail.</param>
    internal sealed record Row(string Says, Func<HttpContext, Task> Gateway, int Status, string Title, string Mention);
}
