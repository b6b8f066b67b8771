using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>That the app is there, asks for its key, reaches its store, and answers every kind of call by an instance that is configured.</summary>
internal sealed class AppChecks(AppClient app, AppClient withoutKey, VerifyOptions options, IReadOnlyList<string> regions)
{
    private const string Collecting = "backendDistribution";
    private const string Room = "TEST";
    private const string Advice = "The problem's detail names the setting. A 502 on ApiManagement:ApiKey: the Key Vault reference is not resolved.";

    // What something in between holds back comes at once at the end. A model begins to speak long before it is done.
    private const int LeastPartOfTheTime = 10;

    public bool CanCall { get; private set; }

    public IEnumerable<Check> OfService =>
    [
        new("Health", "GET api/health names the dependency: identity and roles for the storage, endpoint and key for API Management.", HealthAsync),
        new("Function key asked for", "The functions' authorization level, or a proxy before the app that adds a key.", AsksForKeyAsync),
        new("Hotels", "--key: 'az functionapp keys list' shows those that work. 503: the store, which health tells more of; no hotels: ./dev seed.", HotelsAsync),
    ];

    public IEnumerable<Check> OfModels =>
    [
        new("Chat", Advice, ChatAsync),
        new("Stream in pieces", "What stands between: a proxy that buffers, or response compression. The app and API Management pass events on as they come.", StreamAsync),
        new(
            "Embedding",
            $"Embeddings:Dimensions, and the model behind the embedding deployment; --dimensions says what is expected ({options.Dimensions}).",
            token => JudgeAsync("Vectorize?text=leak", vector => Finding.Of(vector.GetArrayLength() == options.Dimensions, $"{vector.GetArrayLength()} numbers"), token)),
        new("Maintenance copilot", "The problem's detail; where a reply has no draft, try the conversation with ./dev ask --copilot.", CopilotAsync),
    ];

    private async Task<Finding> HealthAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await withoutKey.GetAsync("health", cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Finding.Failed($"{(int)response.StatusCode} {body}");
        }

        // Collecting may be behind for now, after a stop: whether it comes round is a row of its own.
        JsonProperty[] unwell = [.. JsonElement.Parse(body).GetProperty("checks").EnumerateObject().Where(check => check.Value.GetProperty("status").GetString() != "Healthy")];
        return Finding.Of(
            unwell.All(check => check.Name == Collecting),
            unwell.Length == 0 ? "all dependencies are healthy" : string.Join(' ', unwell.Select(check => $"{check.Name}: {check.Value.GetProperty("description")}")));
    }

    private async Task<Finding> AsksForKeyAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await withoutKey.GetAsync("Hotels", cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Finding.Passed("401 without one"),
            _ when options is { Key: null, App.IsLoopback: true } => Finding.Skipped("no key is asked for on this machine; ./dev start --enable-auth asks"),
            var status => Finding.Failed($"{(int)status} without a key, where 401 is right"),
        };
    }

    private async Task<Finding> HotelsAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync("Hotels", cancellationToken);
        CanCall = response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        return await AppClient.ReadJsonAsync(response, cancellationToken) is { ValueKind: JsonValueKind.Array } hotels
            ? Finding.Of(hotels.GetArrayLength() > 0, $"{hotels.GetArrayLength()} of them")
            : Finding.Failed(await AppClient.DescribeAsync(response, cancellationToken));
    }

    private async Task<Finding> ChatAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.PostAsync("Chat", new { message = "Good morning! What can you help me with?" }, "text/plain", cancellationToken);
        IReadOnlyList<string> served = AppClient.RegionsOf(response);
        string[] others = [.. served.Except(regions)];
        return !response.IsSuccessStatusCode ? Finding.Failed(await AppClient.DescribeAsync(response, cancellationToken))
            : (await response.Content.ReadAsStringAsync(cancellationToken)).Length == 0 ? Finding.Failed("an empty answer")
            : served.Count == 0 ? Finding.Failed("an answer without x-served-by: the policy does not pass x-ms-region on")
            : others.Length > 0 ? Finding.Failed($"x-served-by names {string.Join(", ", others)}; configured are {string.Join(", ", regions)}")
            : Finding.Passed($"served by {string.Join(", ", served)}");
    }

    private async Task<Finding> StreamAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await app.PostAsync("Chat", new { message = "Tell me all that you can do for me, and for the guests." }, "text/event-stream", cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Finding.Failed(await AppClient.DescribeAsync(response, cancellationToken));
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
                        ? Finding.Passed(Figures.Text($"{pieces.Count} pieces, the first after {pieces[0].TotalMilliseconds:0} ms, the last after {pieces[^1].TotalMilliseconds:0} ms"))
                        : Finding.Failed(Figures.Text($"{pieces.Count} pieces came at once, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms after the question"));
                default:
                    pieces.Add(Stopwatch.GetElapsedTime(start));
                    break;
            }
        }

        return Finding.Failed("the stream ended without its last event");
    }

    /// <summary>That the copilot holds a conversation and, where that is allowed, saves what was approved.</summary>
    private async Task<Finding> CopilotAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage hotels = await app.GetAsync("Hotels", cancellationToken);
        if (await AppClient.ReadJsonAsync(hotels, cancellationToken) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            return Finding.Skipped("it needs a hotel, and there is none");
        }

        var copilot = new CopilotClient(app);
        string? saved = null;
        string[] messages =
        [
            $"Please create a maintenance request for room {Room} at the {list[0].GetProperty("hotelName")}. The lamp of this test of the deployment is broken.",
            options.Write ? "Yes, save it." : "No, do not save it.",
        ];
        foreach (string message in messages)
        {
            CopilotClient.Answer answer = await copilot.SayAsync(message, cancellationToken);
            if (answer.Problem is { } problem)
            {
                return Finding.Failed(problem);
            }

            saved = answer.SavedRequestId ?? saved;
        }

        return (options.Write, saved) switch
        {
            (true, null) => Finding.Failed("two turns, and nothing was saved after \"Yes, save it.\""),
            (false, not null) => Finding.Failed($"it saved {saved} without a yes"),
            (false, null) => Finding.Passed("two turns of one conversation; nothing saved (--write saves a request)"),
            _ => await JudgeAsync(
                $"MaintenanceRequests/{saved}",
                request => Finding.Passed($"request {saved} is saved and found again: {request.GetProperty("hotel")}, room {request.GetProperty("room_number")}"),
                cancellationToken),
        };
    }

    /// <summary>Gets JSON and judges it; what is none, or no success, has failed.</summary>
    private async Task<Finding> JudgeAsync(string route, Func<JsonElement, Finding> judge, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync(route, cancellationToken);
        return await AppClient.ReadJsonAsync(response, cancellationToken) is { } json
            ? judge(json)
            : Finding.Failed(await AppClient.DescribeAsync(response, cancellationToken));
    }
}
