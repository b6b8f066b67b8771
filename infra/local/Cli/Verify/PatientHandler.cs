using System.Net;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>Where a call is told to wait for a short time, as by the token limit, it waits and makes it again.</summary>
/// <param name="tell">Told of each wait.</param>
internal sealed class PatientHandler(Action<string> tell) : DelegatingHandler(new SocketsHttpHandler())
{
    private const int MostWaits = 3;
    private const string TokenLimit = "The token limit is reached.";

    // A limit is over within its minute; a quota may take hours, which nobody waits for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public int TokenLimitsMet { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (int waits = 0; ; waits++)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
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
