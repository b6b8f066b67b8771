using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Limits of a turn.</summary>
internal static class ChatClientExtensions
{
    /// <summary>
    /// Bounds how often the client may call the model in one turn. It goes back to the model with every tool's result, and by
    /// itself would do so very often; its last call is made without tools, so that the turn ends in words.
    /// </summary>
    /// <param name="client">The kernel's chat client.</param>
    /// <param name="maxCalls">Model calls a turn, at least 1.</param>
    /// <returns>The same client.</returns>
    public static IChatClient LimitModelCalls(this IChatClient client, int maxCalls)
    {
        if (client.GetService<FunctionInvokingChatClient>() is { } loop)
        {
            loop.MaximumIterationsPerRequest = Math.Max(1, maxCalls - 1);
        }

        return client;
    }
}
