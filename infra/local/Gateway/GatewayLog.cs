namespace ContosoSuites.Local.Gateway;

/// <summary>What the gateway logs: what its records of the requests do not tell. No prompts, no keys.</summary>
internal sealed partial class GatewayLog(ILogger<GatewayServer> logger)
{
    [LoggerMessage(1, LogLevel.Error, "The policy <{Element}> failed for request {RequestId}: {Reason}")]
    public partial void PolicyFailed(Guid requestId, string element, string reason, Exception? exception);

    [LoggerMessage(2, LogLevel.Error, "Request {RequestId} failed.")]
    public partial void RequestFailed(Guid requestId, Exception exception);
}
