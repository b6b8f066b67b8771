using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Machine;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>The demo's conversations with the maintenance copilot.</summary>
internal static class DemoConversation
{
    /// <summary>Enough for the first message of a conversation, and too few for a second.</summary>
    public const int TokensPerMinute = 3000;

    private static readonly string[] Report =
    [
        "Please help me create a maintenance request for a room at the Grand Regency.",
        "There is a leak coming from under the kitchen sink. The carpet in the room is soaked.",
        "It is in room 303.",
        "Yes, save it.",
        "What is the id of that request?",
    ];

    private static readonly string[] Refused =
    [
        "Please help me create a maintenance request for a room at the Oceanview Inn.",
        "The heating in room 117 does not come on.",
    ];

    /// <summary>Reports a leak fact by fact, and has it saved once the draft is approved.</summary>
    /// <returns>The id of the saved request; null when it did not come to that, or the app does not list it.</returns>
    public static async Task<string?> RunAsync(IAnsiConsole console, Uri app, CancellationToken cancellationToken)
    {
        using var client = new AppClient(app);
        var copilot = new CopilotClient(client);
        string? saved = null;
        foreach (string message in Report)
        {
            saved = (await SayAsync(console, copilot, message, cancellationToken)).SavedRequestId ?? saved;
        }

        return saved is not null && await copilot.IsListedAsync(saved, cancellationToken) ? saved : null;
    }

    /// <summary>
    /// Meets the token limit: a second gateway and app over the same instances and store have few tokens. A turn is refused there, and
    /// answered by the app that has tokens left, so nobody waits for the minute to end.
    /// </summary>
    /// <returns>Whether the second message was refused for want of tokens, with the time to wait, and then answered with tokens.</returns>
    public static async Task<bool> MeetTokenLimitAsync(IAnsiConsole console, LocalSystem system, LocalSystemOptions options, CancellationToken cancellationToken)
    {
        await using GatewayServer gateway = await LocalGateway.StartAsync(
            options with { TokensPerMinute = TokensPerMinute }, system.ModelAddresses, cancellationToken, system.RequestLog);
        await using FunctionsHost app = await LocalApp.StartAsync(options, new AppConnections(gateway.Endpoint), cancellationToken);
        using var few = new AppClient(app.Endpoint);
        var limited = new CopilotClient(few);
        await SayAsync(console, limited, Refused[0], cancellationToken);
        CopilotClient.Answer refused = await SayAsync(console, limited, Refused[1], cancellationToken);

        using var enough = new AppClient(system.App!.Endpoint);
        CopilotClient.Answer answered = await SayAsync(console, new CopilotClient(enough, limited.ConversationId), Refused[1], cancellationToken);
        return refused.Problem is { } problem
            && problem.StartsWith("429", StringComparison.Ordinal)
            && problem.Contains("token limit", StringComparison.Ordinal)
            && problem.Contains("Retry after", StringComparison.Ordinal)
            && answered.Problem is null;
    }

    private static async Task<CopilotClient.Answer> SayAsync(IAnsiConsole console, CopilotClient copilot, string message, CancellationToken cancellationToken)
    {
        CopilotClient.Answer answer = await copilot.SayAsync(message, cancellationToken);
        console.MarkupLineInterpolated($"[bold]you[/]      {message}");
        console.MarkupLineInterpolated($"[bold]copilot[/]  {(answer.Reply ?? answer.Problem)!.Replace("\n", "\n         ", StringComparison.Ordinal)} [dim]({answer.ServedBy})[/]");
        return answer;
    }
}
