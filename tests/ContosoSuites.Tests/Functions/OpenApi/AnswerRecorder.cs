using System.Collections.Concurrent;

namespace ContosoSuites.Tests.Functions.OpenApi;

/// <summary>The transport of every test that calls the app over HTTP: it keeps what was answered, for <see cref="AllAnswersTests"/> to judge.</summary>
internal sealed class AnswerRecorder : DelegatingHandler
{
    private static readonly ConcurrentDictionary<Answer, bool> Recorded = new();

    /// <summary>Headers that any HTTP answer may have.</summary>
    private static readonly HashSet<string> General = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Security-Policy", "Content-Type", "Date", "Pragma",
        "Referrer-Policy", "Server", "Transfer-Encoding", "X-Content-Type-Options",
    };

    private AnswerRecorder(HttpMessageHandler transport)
        : base(transport)
    {
    }

    /// <summary>What has been answered so far in this process.</summary>
    public static IReadOnlyCollection<Answer> Answers => [.. Recorded.Keys];

    /// <summary>A client of the app.</summary>
    /// <param name="baseAddress">Where relative addresses begin.</param>
    public static HttpClient CreateClient(Uri? baseAddress = null) => new(new AnswerRecorder(new HttpClientHandler())) { BaseAddress = baseAddress };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        string path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            string headers = string.Join(
                ' ', response.Headers.Concat(response.Content.Headers).Select(header => header.Key).Where(name => !General.Contains(name)).Order(StringComparer.Ordinal));
            Recorded.TryAdd(
                new Answer(request.Method.Method, path["/api".Length..], (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, headers), true);
        }

        return response;
    }

    /// <summary>An answer of the app's.</summary>
    /// <param name="Method">The request's method.</param>
    /// <param name="Path">Its path, below the document's server.</param>
    /// <param name="Status">The status.</param>
    /// <param name="ContentType">The media type; null without a body.</param>
    /// <param name="Headers">The names of its headers, but for those of any HTTP answer.</param>
    internal sealed record Answer(string Method, string Path, int Status, string? ContentType, string Headers);
}
