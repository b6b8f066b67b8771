using System.Net;
using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary>Holds one conversation with the maintenance copilot of a running app.</summary>
/// <param name="app">The app's base address.</param>
/// <param name="key">The function key; null where the app asks for none.</param>
/// <param name="conversationId">The conversation to go on with; null for a new one.</param>
internal sealed class CopilotClient(Uri app, string? key = null, string? conversationId = null) : IDisposable
{
    private readonly HttpClient _client = AppClient.Create(key);

    /// <summary>The conversation's id; null before it has begun.</summary>
    public string? ConversationId { get; private set; } = conversationId;

    /// <summary>Says something. A conversation that has expired is begun anew with the next message.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public async Task<Answer> SayAsync(string message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "api/MaintenanceCopilotChat"))
        {
            Content = JsonContent.Create(new { message, conversationId = ConversationId }),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            ConversationId = response.StatusCode is HttpStatusCode.NotFound ? null : ConversationId;
            return new Answer(null, null, AskCommand.ServedBy(response), await ProblemText.DescribeAsync(response, cancellationToken));
        }

        JsonElement reply = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        ConversationId = reply.GetProperty("conversationId").GetString();
        return new Answer(
            reply.GetProperty("reply").GetString(), reply.GetProperty("savedRequestId").GetString(), AskCommand.ServedBy(response), null);
    }

    /// <summary>Whether the app lists a maintenance request.</summary>
    /// <exception cref="HttpRequestException">Nothing answers, or no list.</exception>
    public async Task<bool> IsListedAsync(string requestId, CancellationToken cancellationToken)
    {
        JsonElement list = await _client.GetFromJsonAsync<JsonElement>(new Uri(app, "api/MaintenanceRequests"), cancellationToken);
        return list.GetProperty("items").EnumerateArray().Any(request => request.GetProperty("id").GetString() == requestId);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What came of a message.</summary>
    /// <param name="Reply">The copilot's text; null where there is a problem.</param>
    /// <param name="SavedRequestId">The maintenance request that was saved; null where none was.</param>
    /// <param name="ServedBy">The regions that served the model calls.</param>
    /// <param name="Problem">What went wrong; null where nothing did.</param>
    internal sealed record Answer(string? Reply, string? SavedRequestId, string ServedBy, string? Problem);
}
