using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>Timer: removes the conversations that have expired. Nobody can continue them any more; this is about space and privacy.</summary>
/// <param name="conversations">The store.</param>
/// <param name="logger">Told of each run that had something to do.</param>
public sealed partial class PurgeConversationsFunction(IConversationStore conversations, ILogger<PurgeConversationsFunction> logger)
{
    /// <summary>Removes them.</summary>
    /// <param name="timer">The schedule, setting <c>PurgeConversationsSchedule</c>.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    [Function("PurgeConversations")]
    public async Task RunAsync([TimerTrigger("%PurgeConversationsSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int purged = await conversations.PurgeExpiredAsync(cancellationToken);
        if (purged > 0)
        {
            LogPurged(purged);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} conversations had expired and were removed.")]
    private partial void LogPurged(int count);
}
