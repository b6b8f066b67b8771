namespace ContosoSuites.Local.Cli;

/// <summary><c>ask "text"</c>: a chat with a running system.</summary>
internal static class AskCommand
{
    /// <summary>Prints the answer and which regions served it.</summary>
    /// <returns>The exit code: 0 for an answer, 1 for a problem.</returns>
    public static async Task<int> RunAsync(Uri app, string? key, string text, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using HttpClient client = AppClient.Create(key);
        HttpResponseMessage response;
        try
        {
            response = await client.PostAsync(
                new Uri(app, "api/Chat"), new FormUrlEncodedContent([new("message", text)]), cancellationToken);
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync(ProblemText.DescribeUnreachable(app, e));
            return 1;
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                await error.WriteLineAsync(await ProblemText.DescribeAsync(response, cancellationToken));
                return 1;
            }

            await output.WriteLineAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            await output.WriteLineAsync($"(served by {ServedBy(response)})");
            return 0;
        }
    }

    /// <summary>The regions that served a response's model calls.</summary>
    public static string ServedBy(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-served-by", out IEnumerable<string>? regions) ? string.Join(", ", regions) : "nobody";
}
