using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary>Calls to the app's functions.</summary>
internal sealed class Traffic(Uri app, string? key = null) : IDisposable
{
    private static readonly string[] Questions =
    [
        "Good morning! What can you help me with?",
        "A guest asks whether breakfast can be served in the room.",
        "How do I tell housekeeping that a room is ready?",
        "Someone left an umbrella in the lobby. What now?",
    ];

    private static readonly string[] Reports =
    [
        "The shower in room 214 drips all night",
        "Window in the breakfast room does not close",
        "The lift stops between the second and the third floor",
        "Carpet in the corridor has a burn mark",
    ];

    private readonly AppClient _client = new(app, key);

    public Task<HttpResponseMessage> ChatAsync(int number, CancellationToken cancellationToken) =>
        _client.PostFormAsync("Chat", Questions[number % Questions.Length], "text/plain", cancellationToken);

    /// <summary>Sends one chat whose answer comes as a stream. It returns when the stream begins.</summary>
    public Task<HttpResponseMessage> StreamAsync(int number, CancellationToken cancellationToken) =>
        _client.PostFormAsync("Chat", Questions[number % Questions.Length], "text/event-stream", cancellationToken);

    /// <summary>Begins a conversation with the maintenance copilot.</summary>
    public Task<HttpResponseMessage> BeginConversationAsync(int number, CancellationToken cancellationToken) => _client.PostAsync(
        "MaintenanceCopilotChat", new { message = Reports[number % Reports.Length], conversationId = (string?)null }, "text/plain", cancellationToken);

    public Task<HttpResponseMessage> EmbedAsync(int number, CancellationToken cancellationToken) =>
        _client.GetAsync($"Vectorize?text={Uri.EscapeDataString(Reports[number % Reports.Length])}", cancellationToken);

    public void Dispose() => _client.Dispose();
}

/// <summary>One call, and what came of it: the regions that served its model calls in their order, or why it failed. Without a status nobody answered.</summary>
internal sealed record TrafficCall(string Function, int? Status, IReadOnlyList<string> Regions, string? Problem, TimeSpan Duration)
{
    /// <summary>Makes a call and reads the answer to its end.</summary>
    public static async Task<TrafficCall> MakeAsync(string function, Task<HttpResponseMessage> call, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int? status = null;
        IReadOnlyList<string> regions = [];
        string? problem = null;
        try
        {
            using HttpResponseMessage response = await call;
            (status, regions) = ((int)response.StatusCode, AppClient.RegionsOf(response));
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                (status, regions, problem) = await ReadStreamAsync(response, cancellationToken);
            }
            else if (!response.IsSuccessStatusCode)
            {
                problem = (await AppClient.ProblemOfAsync(response, cancellationToken))?.GetProperty("title").GetString() ?? response.ReasonPhrase ?? "no problem details";
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            (status, problem) = (null, $"No answer: {e.Message}");
        }

        return new TrafficCall(function, status, regions, problem, Stopwatch.GetElapsedTime(start));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Function,-22}  {Status?.ToString(CultureInfo.InvariantCulture) ?? "---"}  {Duration.TotalMilliseconds,6:0} ms  {Problem ?? string.Join(", ", Regions)}");

    /// <summary>A stream says at its end who served it, and how it ended: its status was sent when it began.</summary>
    private static async Task<(int? Status, IReadOnlyList<string> Regions, string? Problem)> ReadStreamAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            switch (item.EventType)
            {
                case "done":
                    JsonElement served = JsonElement.Parse(item.Data).GetProperty("servedBy");
                    return ((int)response.StatusCode, [.. served.EnumerateArray().Select(region => region.GetString()!)], null);
                case "error":
                    JsonElement problem = JsonElement.Parse(item.Data);
                    return (problem.GetProperty("status").GetInt32(), AppClient.RegionsOf(response), problem.GetProperty("title").GetString());
            }
        }

        return (null, AppClient.RegionsOf(response), "The stream broke off.");
    }
}
