using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary>One call, and what came of it.</summary>
/// <param name="Function">What was called.</param>
/// <param name="Status">The status that the caller got; null when nobody answered.</param>
/// <param name="Regions">The regions that served its model calls, in order.</param>
/// <param name="Problem">Why it failed; null for an answer.</param>
/// <param name="Duration">Until the end of the answer.</param>
internal sealed record TrafficCall(string Function, int? Status, IReadOnlyList<string> Regions, string? Problem, TimeSpan Duration)
{
    /// <summary>Makes a call and reads the answer to its end.</summary>
    /// <param name="function">What is called.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<TrafficCall> MakeAsync(string function, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int? status = null;
        IReadOnlyList<string> regions = [];
        string? problem;
        try
        {
            using HttpResponseMessage response = await send();
            status = (int)response.StatusCode;
            regions = RegionsOf(response);
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                (status, regions, problem) = await ReadStreamAsync(response, cancellationToken);
            }
            else
            {
                problem = response.IsSuccessStatusCode ? null : await TitleAsync(response, cancellationToken);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            (status, problem) = (null, $"No answer: {e.Message}");
        }

        return new TrafficCall(function, status, regions, problem, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The call as a line.</summary>
    public override string ToString()
    {
        string status = Status?.ToString(CultureInfo.InvariantCulture) ?? "---";
        return string.Create(CultureInfo.InvariantCulture, $"{Function,-22}  {status}  {Duration.TotalMilliseconds,6:0} ms  {Problem ?? string.Join(", ", Regions)}");
    }

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
                    return (problem.GetProperty("status").GetInt32(), RegionsOf(response), problem.GetProperty("title").GetString());
            }
        }

        return (null, RegionsOf(response), "The stream broke off.");
    }

    private static string[] RegionsOf(HttpResponseMessage response) => response.Headers.TryGetValues("x-served-by", out IEnumerable<string>? regions)
        ? [.. regions.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : [];

    private static async Task<string> TitleAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("title").GetString()!
            : response.ReasonPhrase ?? "no problem details";
}
