using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>Gives every record to several logs.</summary>
internal sealed class RequestLogs(IReadOnlyList<IRequestLog> logs) : IRequestLog
{
    public void Write(RequestRecord record)
    {
        foreach (var log in logs)
        {
            log.Write(record);
        }
    }
}
