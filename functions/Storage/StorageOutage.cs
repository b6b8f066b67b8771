using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage;

/// <summary>Tells the log once that the store is unavailable, however many calls meet it, and once that it is there again.</summary>
/// <param name="logger">The log.</param>
public sealed partial class StorageOutage(ILogger<StorageOutage> logger)
{
    private const int None = -1;

    private int _problem = None;

    /// <summary>A call failed for this reason.</summary>
    public void Begin(StorageUnavailableException reason)
    {
        if (Interlocked.Exchange(ref _problem, (int)reason.Problem) != (int)reason.Problem)
        {
            LogUnavailable(reason.Problem, reason.Message);
        }
    }

    /// <summary>The store has taken a write.</summary>
    public void End()
    {
        if (Volatile.Read(ref _problem) != None && Interlocked.Exchange(ref _problem, None) != None)
        {
            LogAvailable();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The data store is not available ({Problem}). {Reason}")]
    private partial void LogUnavailable(StorageProblem problem, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The data store takes writes again.")]
    private partial void LogAvailable();
}
