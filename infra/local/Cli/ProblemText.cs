using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary>Puts an answer of the app's that is no success into a line.</summary>
internal static class ProblemText
{
    /// <summary>The status, and what problem details say.</summary>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string answer = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return answer;
        }

        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        string retryAfter = response.Headers.RetryAfter is { } wait ? $" Retry after {wait} seconds." : "";
        return $"{answer}: {problem.GetProperty("title")} {problem.GetProperty("detail")}{retryAfter}";
    }

    /// <summary>What to do when nothing answers.</summary>
    public static string DescribeUnreachable(Uri app, HttpRequestException exception) =>
        $"Nothing answers at {app} ({exception.Message}). Start the system with ./dev start, or say where it is with --app URL.";
}
