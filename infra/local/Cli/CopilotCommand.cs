using System.Net;
using System.Text.Json;

namespace ContosoSuites.Local.Cli;

/// <summary><c>ask --copilot</c>: a conversation with the maintenance copilot of a running system.</summary>
internal static class CopilotCommand
{
    private const string End = "exit";

    /// <summary>
    /// Sends each line of the input, after the first message if there is one, and prints the reply and which regions served it, until the
    /// input ends or says <c>exit</c>. On a terminal it prompts.
    /// </summary>
    /// <returns>The exit code: 0 when the last message was answered, else 1.</returns>
    public static async Task<int> RunAsync(
        Uri app, string? key, string? first, TextReader input, bool isTerminal, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var client = new AppClient(app, key);
        var copilot = new CopilotClient(client);
        if (isTerminal)
        {
            await output.WriteLineAsync($"Talk to the maintenance copilot, a line a message; '{End}' ends.");
        }

        int exitCode = 0;
        try
        {
            for (string? line = first ?? await ReadAsync(); line is not null && !line.Trim().Equals(End, StringComparison.OrdinalIgnoreCase); line = await ReadAsync())
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
            await error.WriteLineAsync(AppClient.DescribeUnreachable(app, e));
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends a conversation as well as 'exit' does.
            return exitCode;
        }

        async Task<string?> ReadAsync()
        {
            await output.WriteAsync(isTerminal ? "> " : "");

            // Reading a terminal does not heed a token: leave it behind when the token ends the conversation.
            return await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        }
    }
}

/// <summary>Holds one conversation with the maintenance copilot of a running app.</summary>
internal sealed class CopilotClient(AppClient client, string? conversationId = null)
{
    /// <summary>The conversation's id; null before it has begun.</summary>
    public string? ConversationId { get; private set; } = conversationId;

    /// <summary>Says something. A conversation that has expired is begun anew with the next message.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public async Task<Answer> SayAsync(string message, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.PostAsync(
            "MaintenanceCopilotChat", new { message, conversationId = ConversationId }, "application/json", cancellationToken);
        string servedBy = AppClient.ServedBy(response);
        if (!response.IsSuccessStatusCode)
        {
            ConversationId = response.StatusCode is HttpStatusCode.NotFound ? null : ConversationId;
            return new Answer(null, null, servedBy, await AppClient.DescribeAsync(response, cancellationToken));
        }

        JsonElement reply = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        ConversationId = reply.GetProperty("conversationId").GetString();
        return new Answer(reply.GetProperty("reply").GetString(), reply.GetProperty("savedRequestId").GetString(), servedBy, null);
    }

    /// <summary>Whether the app lists a maintenance request.</summary>
    /// <exception cref="HttpRequestException">Nothing answers, or no list.</exception>
    public async Task<bool> IsListedAsync(string requestId, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.GetAsync("MaintenanceRequests", cancellationToken);
        JsonElement list = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return list.GetProperty("items").EnumerateArray().Any(request => request.GetProperty("id").GetString() == requestId);
    }

    /// <summary>What came of a message: a reply, and the id of what was saved if anything was, or a problem.</summary>
    internal sealed record Answer(string? Reply, string? SavedRequestId, string ServedBy, string? Problem);
}
