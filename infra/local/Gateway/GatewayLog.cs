using ContosoSuites.Local.Gateway.Forwarding;

namespace ContosoSuites.Local.Gateway;

/// <summary>What the gateway logs. No prompts, no keys.</summary>
internal sealed partial class GatewayLog(ILogger<GatewayServer> logger)
{
    [LoggerMessage(1, LogLevel.Information, "The gateway listens on {Endpoint}.")]
    public partial void Started(Uri endpoint);

    [LoggerMessage(2, LogLevel.Warning, "The backend {Backend} gave request {RequestId} no response ({Error}): {Reason}")]
    public partial void BackendFailed(Guid requestId, string backend, ForwardError error, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The response to request {RequestId} broke off ({Error}); the caller's connection was cut.")]
    public partial void BodyBroken(Guid requestId, ForwardError error);

    [LoggerMessage(4, LogLevel.Error, "The policy <{Element}> failed for request {RequestId}: {Reason}")]
    public partial void PolicyFailed(Guid requestId, string element, string reason, Exception? exception);

    [LoggerMessage(5, LogLevel.Error, "Request {RequestId} failed.")]
    public partial void RequestFailed(Guid requestId, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The condition of <retry> can not be evaluated for request {RequestId}, which got no response; it is not retried: {Reason}")]
    public partial void ConditionFailed(Guid requestId, string reason);
}
