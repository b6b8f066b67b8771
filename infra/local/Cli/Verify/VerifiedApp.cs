using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>Calls the app that is verified. Where it is told to wait for a short time, as by the token limit, the call waits and is made again.</summary>
internal sealed class VerifiedApp : IDisposable
{
    private const int MostWaits = 3;
    private const string TokenLimit = "The token limit is reached.";

    // A limit is over within its minute; a quota may take hours, which nobody waits for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly HttpClient _withoutKey = new() { Timeout = TimeSpan.FromMinutes(5) };
    private readonly HttpClient _client;
    private readonly Action<string> _tell;

    /// <param name="app">Its address.</param>
    /// <param name="key">A function key; null where it asks for none.</param>
    /// <param name="tell">Told when the token limit is met.</param>
    public VerifiedApp(Uri app, string? key, Action<string> tell)
    {
        _client = AppClient.Create(key);
        _client.Timeout = _withoutKey.Timeout;
        _client.BaseAddress = _withoutKey.BaseAddress = new Uri(app, "api/");
        _tell = tell;
    }

    /// <summary>The calls that have met the token limit.</summary>
    public int TokenLimitsMet { get; private set; }

    /// <summary>Sends a request without the key.</summary>
    public Task<HttpResponseMessage> GetWithoutKeyAsync(string route, CancellationToken cancellationToken) => _withoutKey.GetAsync(new Uri(route, UriKind.Relative), cancellationToken);

    /// <summary>Sends a request and returns when the headers of its answer are there.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        for (int waits = 0; ; waits++)
        {
            using HttpRequestMessage request = create();
            HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is not HttpStatusCode.TooManyRequests || waits == MostWaits || response.Headers.RetryAfter?.Delta is not { } wait || wait > LongestWait)
            {
                return response;
            }

            using (response)
            {
                string problem = await ProblemText.DescribeAsync(response, cancellationToken);
                TokenLimitsMet += problem.Contains(TokenLimit, StringComparison.Ordinal) ? 1 : 0;
                _tell($"{problem} Waiting.");
                await Task.Delay(wait, cancellationToken);
            }
        }
    }

    public Task<HttpResponseMessage> GetAsync(string route, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(route, UriKind.Relative)), cancellationToken);

    public Task<HttpResponseMessage> PostAsync(string route, object body, string accept, CancellationToken cancellationToken) => SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(route, UriKind.Relative)) { Content = JsonContent.Create(body) };
            request.Headers.Accept.ParseAdd(accept);
            return request;
        },
        cancellationToken);

    /// <summary>The JSON of an answer; null where it is no success, or no JSON.</summary>
    public static async Task<JsonElement?> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The regions that served an answer, as Azure names them: in lower case, without spaces.</summary>
    public static IReadOnlyList<string> RegionsOf(HttpResponseMessage response) => response.Headers.TryGetValues("x-served-by", out IEnumerable<string>? values)
        ? [.. values.SelectMany(value => value.Split(',')).Select(region => region.Replace(" ", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture)).Where(region => region.Length > 0)]
        : [];

    public void Dispose()
    {
        _client.Dispose();
        _withoutKey.Dispose();
    }
}
