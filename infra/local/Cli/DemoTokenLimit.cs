using System.Globalization;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Host;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>
/// The demo's look at the token limit: a second gateway and app over the same instances and store, with few tokens. A turn of a
/// conversation is refused there, and answered by the app that has tokens left, so nobody waits for the minute to end.
/// </summary>
internal static class DemoTokenLimit
{
    // Enough for the first message of a conversation, and too few for a second.
    private const int TokensPerMinute = 3000;

    private static readonly string[] Messages =
    [
        "Please help me create a maintenance request for a room at the Oceanview Inn.",
        "The heating in room 117 does not come on.",
    ];

    /// <summary>What the phase is about.</summary>
    public static string Title => string.Create(
        CultureInfo.InvariantCulture, $"The token limit refuses a turn ({TokensPerMinute} tokens a minute, for this phase): it is not lost");

    /// <summary>Shows it.</summary>
    /// <returns>Whether the second message was refused for want of tokens, with the time to wait, and then answered with tokens.</returns>
    public static async Task<bool> RunAsync(IAnsiConsole console, LocalSystem system, LocalSystemOptions options, CancellationToken cancellationToken)
    {
        await using GatewayServer gateway = await LocalGateway.StartAsync(
            options with { TokensPerMinute = TokensPerMinute }, system.ModelAddresses, cancellationToken, system.RequestLog);
        await using FunctionsHost app = await LocalApp.StartAsync(options, new AppConnections(gateway.Endpoint), cancellationToken);
        using var limited = new CopilotClient(app.Endpoint);
        DemoConversation.Show(console, Messages[0], await limited.SayAsync(Messages[0], cancellationToken));
        CopilotClient.Answer refused = await limited.SayAsync(Messages[1], cancellationToken);
        DemoConversation.Show(console, Messages[1], refused);

        using var unlimited = new CopilotClient(system.App!.Endpoint, conversationId: limited.ConversationId);
        CopilotClient.Answer answered = await unlimited.SayAsync(Messages[1], cancellationToken);
        DemoConversation.Show(console, Messages[1], answered);
        return refused.Problem is { } problem
            && problem.StartsWith("429", StringComparison.Ordinal)
            && problem.Contains("token limit", StringComparison.Ordinal)
            && problem.Contains("Retry after", StringComparison.Ordinal)
            && answered.Problem is null;
    }
}
