using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Tests.Functions.OpenApi;
using Xunit;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>
/// Callers who save requests without a pause, by the API and by the copilot, and write down what they were told. A caller whose
/// call broke off makes it again, as good clients do, when there is an app again.
/// </summary>
internal sealed class Callers : IDisposable
{
    private readonly HttpClient _client = AnswerRecorder.CreateClient();
    private readonly ConcurrentDictionary<string, string> _confirmed = new(StringComparer.Ordinal);
    private readonly List<Caller> _callers = [];
    private readonly TaskCompletionSource _confirmedByCopilot = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Uri _app = new("http://localhost/");
    private int _reports;
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates callers who do nothing yet.</summary>
    public Callers(int savers, int chatters)
    {
        _callers.AddRange(Enumerable.Range(0, savers).Select(_ => new Caller(SaveAsync)));
        _callers.AddRange(Enumerable.Range(0, chatters).Select(_ => new Caller(ChatAsync)));
    }

    /// <summary>The requests that were confirmed: what they say, and the id that the caller was given.</summary>
    public IReadOnlyDictionary<string, string> Confirmed => _confirmed;

    /// <summary>How many were confirmed by the copilot.</summary>
    public int ConfirmedByCopilot { get; private set; }

    /// <summary>Calls until the app's worker dies under a call, or the caller has had enough.</summary>
    public Task RunAsync(Uri app, CancellationToken enough)
    {
        _app = new Uri(app, "api/");
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAll(_callers.Select(caller => Task.Run(() => RunAsync(caller, enough), CancellationToken.None)));
    }

    /// <summary>Waits for the first answer of the app that is called now.</summary>
    public Task AnsweredAsync() => _answered.Task;

    /// <summary>Waits until the copilot has ever confirmed a request.</summary>
    public Task ConfirmedByCopilotAsync() => _confirmedByCopilot.Task;

    public void Dispose() => _client.Dispose();

    private static async Task RunAsync(Caller caller, CancellationToken enough)
    {
        try
        {
            while (!enough.IsCancellationRequested)
            {
                await caller.Act(caller);
            }
        }
        catch (HttpRequestException)
        {
            // The worker is gone. What was under way is unknown, and is done again next time.
        }
    }

    private async Task SaveAsync(Caller caller)
    {
        string details = caller.Pending ??= NextReport();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_app, "MaintenanceRequests"))
        {
            Content = JsonContent.Create(new { hotel_id = 1, source = "staff", details }),
        };
        request.Headers.Add("Idempotency-Key", details);
        JsonElement answer = await SendAsync(request);
        Confirm(details, answer.GetProperty("id").GetString()!);
        caller.Pending = null;
    }

    private async Task ChatAsync(Caller caller)
    {
        string details = caller.Pending ??= NextReport();
        caller.Conversation ??= (await TellAsync(details, null)).GetProperty("conversationId").GetString();
        JsonElement saved = await TellAsync("Save it", caller.Conversation);

        // Null, where the turn before the crash had saved and was stored but not heard: then the copilot says the id again.
        string id = saved.GetProperty("savedRequestId").GetString() ?? JsonElement.Parse(saved.GetProperty("reply").GetString()!).GetProperty("id").GetString()!;
        Confirm(details, id);
        lock (_callers)
        {
            ConfirmedByCopilot++;
        }

        _confirmedByCopilot.TrySetResult();
        caller.Pending = caller.Conversation = null;
    }

    private async Task<JsonElement> TellAsync(string message, string? conversationId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_app, "MaintenanceCopilotChat"))
        {
            Content = JsonContent.Create(new { message, conversationId }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await SendAsync(request);
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _client.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        if (response.StatusCode is HttpStatusCode.InternalServerError && body.Length == 0)
        {
            throw new HttpRequestException("The host says so when the worker dies under a call.");
        }

        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{request.RequestUri} answered {(int)response.StatusCode}: {body}");
        _answered.TrySetResult();
        return JsonElement.Parse(body);
    }

    private string NextReport() => $"Report {Interlocked.Increment(ref _reports)}: the tap drips";

    private void Confirm(string details, string id) =>
        Assert.True(_confirmed.TryAdd(details, id), $"{details} was confirmed twice.");

    private sealed class Caller(Func<Caller, Task> act)
    {
        public Func<Caller, Task> Act => act;

        /// <summary>What is to be saved and is not confirmed yet.</summary>
        public string? Pending { get; set; }

        /// <summary>The copilot's conversation about it.</summary>
        public string? Conversation { get; set; }
    }
}
