namespace ContosoSuites.Local.Cli;

/// <summary><c>ask --copilot</c>: a conversation with the maintenance copilot of a running system.</summary>
internal static class CopilotCommand
{
    private const string End = "exit";

    /// <summary>Sends each line of the input and prints the reply and which regions served it, until the input ends or says <c>exit</c>.</summary>
    /// <param name="app">The app's base address.</param>
    /// <param name="key">The function key; null where the app asks for none.</param>
    /// <param name="first">A message before those of the input; null for none.</param>
    /// <param name="input">What the person says, a line a message.</param>
    /// <param name="isTerminal">Whether a person types there, who wants to be prompted.</param>
    /// <param name="output">For replies.</param>
    /// <param name="error">For problems.</param>
    /// <param name="cancellationToken">Ends the conversation.</param>
    /// <returns>The exit code: 0 when the last message was answered, else 1.</returns>
    public static async Task<int> RunAsync(
        Uri app, string? key, string? first, TextReader input, bool isTerminal, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var copilot = new CopilotClient(app, key);
        if (isTerminal)
        {
            await output.WriteLineAsync($"Talk to the maintenance copilot, a line a message; '{End}' ends.");
        }

        int exitCode = 0;
        try
        {
            for (string? line = first ?? await ReadAsync(); line is not null && !IsEnd(line); line = await ReadAsync())
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    CopilotClient.Answer answer = await copilot.SayAsync(line, cancellationToken);
                    exitCode = answer.Problem is null ? 0 : 1;
                    await (answer.Problem is null
                        ? output.WriteLineAsync($"{answer.Reply}\n(served by {answer.ServedBy})")
                        : error.WriteLineAsync(answer.Problem));
                }
            }

            return exitCode;
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync(ProblemText.DescribeUnreachable(app, e));
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends a conversation as well as 'exit' does.
            return exitCode;
        }

        async Task<string?> ReadAsync()
        {
            if (isTerminal)
            {
                await output.WriteAsync("> ");
            }

            // Reading a terminal does not heed a token: leave it behind when the token ends the conversation.
            return await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        }
    }

    private static bool IsEnd(string line) => string.Equals(line.Trim(), End, StringComparison.OrdinalIgnoreCase);
}
