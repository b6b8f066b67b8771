namespace ContosoSuites.Local.Cli;

/// <summary>Calls to the app's functions.</summary>
/// <param name="app">The app's base address.</param>
/// <param name="key">The function key; null where the app asks for none.</param>
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

    private readonly HttpClient _client = AppClient.Create(key);

    /// <summary>Sends one chat.</summary>
    public Task<HttpResponseMessage> ChatAsync(int number, CancellationToken cancellationToken) => _client.PostAsync(
        new Uri(app, "api/Chat"), new FormUrlEncodedContent([new("message", Questions[number % Questions.Length])]), cancellationToken);

    /// <summary>Sends one chat whose answer comes as a stream. It returns when the stream begins.</summary>
    public async Task<HttpResponseMessage> StreamAsync(int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "api/Chat"))
        {
            Content = new FormUrlEncodedContent([new("message", Questions[number % Questions.Length])]),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Begins a conversation with the maintenance copilot.</summary>
    public Task<HttpResponseMessage> BeginConversationAsync(int number, CancellationToken cancellationToken) => _client.PostAsJsonAsync(
        new Uri(app, "api/MaintenanceCopilotChat"), new { message = Reports[number % Reports.Length], conversationId = (string?)null }, cancellationToken);

    /// <summary>Asks for one embedding.</summary>
    public Task<HttpResponseMessage> EmbedAsync(int number, CancellationToken cancellationToken) => _client.GetAsync(
        new Uri(app, $"api/Vectorize?text={Uri.EscapeDataString(Reports[number % Reports.Length])}"), cancellationToken);

    public void Dispose() => _client.Dispose();
}
