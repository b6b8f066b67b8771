using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>The demo's conversation: a leak is reported to the maintenance copilot fact by fact, and saved once the draft is approved.</summary>
internal static class DemoConversation
{
    private static readonly string[] Messages =
    [
        "Please help me create a maintenance request for a room at the Grand Regency.",
        "There is a leak coming from under the kitchen sink. The carpet in the room is soaked.",
        "It is in room 303.",
        "Yes, save it.",
        "What is the id of that request?",
    ];

    /// <summary>Holds it, and prints it.</summary>
    /// <returns>The id of the saved request; null when it did not come to that, or the app does not list it.</returns>
    public static async Task<string?> RunAsync(IAnsiConsole console, Uri app, CancellationToken cancellationToken)
    {
        using var copilot = new CopilotClient(app);
        string? saved = null;
        foreach (string message in Messages)
        {
            CopilotClient.Answer answer = await copilot.SayAsync(message, cancellationToken);
            Show(console, message, answer);
            saved = answer.SavedRequestId ?? saved;
        }

        return saved is not null && await copilot.IsListedAsync(saved, cancellationToken) ? saved : null;
    }

    /// <summary>Prints a message and what came of it.</summary>
    public static void Show(IAnsiConsole console, string message, CopilotClient.Answer answer)
    {
        console.MarkupLineInterpolated($"[bold]you[/]      {message}");
        console.MarkupLineInterpolated($"[bold]copilot[/]  {(answer.Reply ?? answer.Problem)!.Replace("\n", "\n         ", StringComparison.Ordinal)} [dim]({answer.ServedBy})[/]");
    }
}
