using System.Net;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>Calls the app that is verified. Where it is told to wait for a short time, as by the token limit, the call waits and is made again.</summary>
/// <param name="app">Its address.</param>
/// <param name="key">A function key; null where it asks for none.</param>
/// <param name="tell">Told when the token limit is met.</param>
internal sealed class VerifiedApp(Uri app, string? key, Action<string> tell) : IDisposable
{
    private const int MostWaits = 3;
    private const string TokenLimit = "The token limit is reached.";

    // A limit is over within its minute; a quota may take hours, which nobody waits for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly AppClient _withoutKey = new(app);
    private readonly AppClient _client = new(app, key);

    public int TokenLimitsMet { get; private set; }

    public Task<HttpResponseMessage> GetWithoutKeyAsync(string route, CancellationToken cancellationToken) => _withoutKey.GetAsync(route, cancellationToken);

    public Task<HttpResponseMessage> GetAsync(string route, CancellationToken cancellationToken) =>
        WithPatienceAsync(() => _client.GetAsync(route, cancellationToken), cancellationToken);

    public Task<HttpResponseMessage> PostAsync(string route, object body, string accept, CancellationToken cancellationToken) =>
        WithPatienceAsync(() => _client.PostAsync(route, body, accept, cancellationToken), cancellationToken);

    /// <summary>Gets JSON and judges it; what is none, or no success, has failed.</summary>
    public async Task<Finding> JudgeAsync(string route, Func<JsonElement, Finding> judge, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync(route, cancellationToken);
        return await AppClient.ReadJsonAsync(response, cancellationToken) is { } json
            ? judge(json)
            : Finding.Failed(await AppClient.DescribeAsync(response, cancellationToken));
    }

    public void Dispose()
    {
        _client.Dispose();
        _withoutKey.Dispose();
    }

    private async Task<HttpResponseMessage> WithPatienceAsync(Func<Task<HttpResponseMessage>> call, CancellationToken cancellationToken)
    {
        for (int waits = 0; ; waits++)
        {
            HttpResponseMessage response = await call();
            if (response.StatusCode is not HttpStatusCode.TooManyRequests || waits == MostWaits || response.Headers.RetryAfter?.Delta is not { } wait || wait > LongestWait)
            {
                return response;
            }

            using (response)
            {
                string problem = await AppClient.DescribeAsync(response, cancellationToken);
                TokenLimitsMet += problem.Contains(TokenLimit, StringComparison.Ordinal) ? 1 : 0;
                tell($"{problem} Waiting.");
                await Task.Delay(wait, cancellationToken);
            }
        }
    }
}
