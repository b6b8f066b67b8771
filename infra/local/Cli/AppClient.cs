using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary>Calls the functions of a running app.</summary>
internal sealed class AppClient(Uri app, string? key = null, HttpMessageHandler? handler = null) : IDisposable
{
    // Longer than an answer takes, the waits before it included.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly HttpClient _client = Create(key, handler);

    public static HttpClient Create(string? key, HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler()) { Timeout = Timeout };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }

    public Task<HttpResponseMessage> GetAsync(string route, CancellationToken cancellationToken) =>
        _client.GetAsync(new Uri(app, $"api/{route}"), cancellationToken);

    /// <summary>Sends a message as the dashboard does.</summary>
    public Task<HttpResponseMessage> PostFormAsync(string route, string message, string accept, CancellationToken cancellationToken) =>
        SendAsync(route, new FormUrlEncodedContent([new("message", message)]), accept, cancellationToken);

    /// <summary>Sends JSON. For a stream it returns when that begins.</summary>
    public Task<HttpResponseMessage> PostAsync(string route, object body, string accept, CancellationToken cancellationToken) =>
        SendAsync(route, JsonContent.Create(body), accept, cancellationToken);

    public void Dispose() => _client.Dispose();

    /// <summary>The JSON of an answer; null where it is no success, or no JSON.</summary>
    public static async Task<JsonElement?> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return response.IsSuccessStatusCode ? JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The regions that served an answer's model calls, as Azure names them: in lower case, without spaces.</summary>
    public static IReadOnlyList<string> RegionsOf(HttpResponseMessage response) => response.Headers.TryGetValues("x-served-by", out IEnumerable<string>? values)
        ? [.. values.SelectMany(value => value.Split(',')).Select(region => region.Replace(" ", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture)).Where(region => region.Length > 0)]
        : [];

    /// <summary>The same in words.</summary>
    public static string ServedBy(HttpResponseMessage response) => RegionsOf(response) is { Count: > 0 } regions ? string.Join(", ", regions) : "nobody";

    /// <summary>An answer that is no success as a line: its status, and what problem details say.</summary>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string answer = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        if (await ProblemOfAsync(response, cancellationToken) is not { } problem)
        {
            return answer;
        }

        string retryAfter = response.Headers.RetryAfter is { } wait ? $" Retry after {wait} seconds." : "";
        return $"{answer}: {problem.GetProperty("title")} {problem.GetProperty("detail")}{retryAfter}";
    }

    /// <summary>The problem details of an answer; null where it has none.</summary>
    public static async Task<JsonElement?> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;

    /// <summary>What to do when nothing answers.</summary>
    public static string DescribeUnreachable(Uri app, HttpRequestException exception) =>
        $"Nothing answers at {app} ({exception.Message}). Start the system with ./dev start, or say where it is with --app URL.";

    private async Task<HttpResponseMessage> SendAsync(string route, HttpContent content, string accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, $"api/{route}")) { Content = content };
        request.Headers.Accept.ParseAdd(accept);
        return await _client.SendAsync(
            request, accept == "text/event-stream" ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancellationToken);
    }
}
