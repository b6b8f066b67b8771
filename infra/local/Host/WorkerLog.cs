using System.Collections.Concurrent;
using ContosoSuites.Local.Host.Rpc;

namespace ContosoSuites.Local.Host;

/// <summary>Hands what the worker logs to this host's logging, under its own level and category.</summary>
internal sealed class WorkerLog(ILoggerFactory logging)
{
    // The last failure of each category: one that comes again and again, with a timer for instance, shows its stack once.
    private readonly ConcurrentDictionary<string, string> _failures = [];

    public void Write(RpcLog log)
    {
        ILogger logger = logging.CreateLogger(log.Category);
        if (logger.IsEnabled((LogLevel)log.Level))
        {
            logger.Log((LogLevel)log.Level, default, Describe(log), null, static (text, _) => text);
        }
    }

    private string Describe(RpcLog log)
    {
        if (log.Exception is not { } exception)
        {
            return log.Message;
        }

        string failure = $"{log.Message} {exception.Type} {exception.Message}".TrimEnd();
        bool known = _failures.TryGetValue(log.Category, out string? last) && last == failure;
        _failures[log.Category] = failure;
        return known ? $"{failure} (as before)" : $"{failure}{Environment.NewLine}{exception.StackTrace}";
    }
}
