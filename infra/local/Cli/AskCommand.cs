namespace ContosoSuites.Local.Cli;

/// <summary><c>ask "text"</c>: a chat with a running system.</summary>
internal static class AskCommand
{
    /// <summary>Prints the answer and which regions served it.</summary>
    /// <returns>The exit code: 0 for an answer, 1 for a problem.</returns>
    public static async Task<int> RunAsync(Uri app, string? key, string text, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var client = new AppClient(app, key);
        try
        {
            using HttpResponseMessage response = await client.PostFormAsync("Chat", text, "text/plain", cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                await error.WriteLineAsync(await AppClient.DescribeAsync(response, cancellationToken));
                return 1;
            }

            await output.WriteLineAsync($"{await response.Content.ReadAsStringAsync(cancellationToken)}\n(served by {AppClient.ServedBy(response)})");
            return 0;
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync(AppClient.DescribeUnreachable(app, e));
            return 1;
        }
    }
}
