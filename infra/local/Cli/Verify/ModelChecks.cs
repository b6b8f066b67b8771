using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>That every kind of model call is answered, by an instance that is configured.</summary>
internal sealed class ModelChecks(VerifiedApp app, VerifyOptions options, IReadOnlyList<string> regions)
{
    private const string Advice = "The problem's detail names the setting. A 502 on ApiManagement:ApiKey: the Key Vault reference is not resolved.";

    // What something in between holds back comes at once at the end. A model begins to speak long before it is done.
    private const int LeastPartOfTheTime = 10;

    public IEnumerable<Check> All =>
    [
        new("Chat", Advice, ChatAsync),
        new("Stream in pieces", "What stands between: a proxy that buffers, or response compression. The app and API Management pass events on as they come.", StreamAsync),
        new("Embedding", $"Embeddings:Dimensions, and the model behind the embedding deployment; --dimensions says what is expected ({options.Dimensions}).", EmbeddingAsync),
    ];

    private async Task<Finding> ChatAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.PostAsync("Chat", new { message = "Good morning! What can you help me with?" }, "text/plain", cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Finding.Failed(await ProblemText.DescribeAsync(response, cancellationToken));
        }

        IReadOnlyList<string> served = VerifiedApp.RegionsOf(response);
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        return (served, text.Length) switch
        {
            (_, 0) => Finding.Failed("an empty answer"),
            ({ Count: 0 }, _) => Finding.Failed("an answer without x-served-by: the policy does not pass x-ms-region on"),
            _ when served.Except(regions).ToList() is { Count: > 0 } others => Finding.Failed($"x-served-by names {string.Join(", ", others)}; configured are {string.Join(", ", regions)}"),
            _ => Finding.Passed($"served by {string.Join(", ", served)}"),
        };
    }

    private async Task<Finding> StreamAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await app.PostAsync("Chat", new { message = "Tell me all that you can do for me, and for the guests." }, "text/event-stream", cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Finding.Failed(await ProblemText.DescribeAsync(response, cancellationToken));
        }

        List<TimeSpan> pieces = [];
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            switch (item.EventType)
            {
                case "error":
                    return Finding.Failed(JsonElement.Parse(item.Data).GetProperty("title").GetString()!);
                case "done":
                    return pieces.Count > 1 && (pieces[^1] - pieces[0]) * LeastPartOfTheTime > pieces[^1]
                        ? Finding.Passed(string.Create(CultureInfo.InvariantCulture, $"{pieces.Count} pieces, the first after {pieces[0].TotalMilliseconds:0} ms, the last after {pieces[^1].TotalMilliseconds:0} ms"))
                        : Finding.Failed(string.Create(CultureInfo.InvariantCulture, $"{pieces.Count} pieces came at once, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms after the question"));
                default:
                    pieces.Add(Stopwatch.GetElapsedTime(start));
                    break;
            }
        }

        return Finding.Failed("the stream ended without its last event");
    }

    private async Task<Finding> EmbeddingAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync("Vectorize?text=leak", cancellationToken);
        return await VerifiedApp.ReadJsonAsync(response, cancellationToken) switch
        {
            { ValueKind: JsonValueKind.Array } vector when vector.GetArrayLength() == options.Dimensions => Finding.Passed($"{options.Dimensions} numbers"),
            { ValueKind: JsonValueKind.Array } vector => Finding.Failed($"{vector.GetArrayLength()} numbers"),
            _ => Finding.Failed(await ProblemText.DescribeAsync(response, cancellationToken)),
        };
    }
}
