using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Logs what each request to Cosmos DB has cost, without a word of what is in it.</summary>
internal sealed partial class RequestChargeLog(ILogger<RequestChargeLog> logger) : RequestHandler
{
    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        ResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            string container = ContainerOf(request);
            LogCharge(request.Method.Method, container, (int)response.StatusCode, response.Headers.RequestCharge);
        }

        return response;
    }

    // dbs/{database}/colls/{container}/...: what follows names items.
    private static string ContainerOf(RequestMessage request) =>
        request.RequestUri.OriginalString.Trim('/').Split('/') is ["dbs", _, "colls", var container, ..] ? container : "";

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cosmos DB {Method} {Container} answered {Status} for {Charge} request units.")]
    private partial void LogCharge(string method, string container, int status, double charge);
}
