using System.ClientModel;
using ContosoSuites.Functions.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>
/// Timer: embeds the maintenance requests that could not be embedded when they were stored, oldest first. A text that the
/// model refuses is passed by; any other failure ends the run, since a gateway that does not answer one call will not answer
/// the next, and the schedule comes again.
/// </summary>
/// <param name="requests">The store.</param>
/// <param name="embedder">Makes embeddings.</param>
/// <param name="gateway">Describes failed model calls.</param>
/// <param name="logger">Told of each run that had something to do.</param>
public sealed partial class EmbedPendingRequestsFunction(
    IMaintenanceRequestStore requests, RequestEmbedder embedder, GatewayProblems gateway, ILogger<EmbedPendingRequestsFunction> logger)
{
    private const int PageSize = 100;

    /// <summary>Embeds until nothing is left or a model call fails.</summary>
    /// <param name="timer">The schedule, setting <c>EmbedPendingRequestsSchedule</c>.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    [Function("EmbedPendingRequests")]
    public async Task RunAsync([TimerTrigger("%EmbedPendingRequestsSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int embedded = 0;
        string? next = null;
        do
        {
            MaintenanceRequestPage page = await requests.ListPendingAsync(PageSize, next, cancellationToken);
            foreach (MaintenanceRequest request in page.Requests)
            {
                try
                {
                    await embedder.EmbedAsync(request, cancellationToken);
                    embedded++;
                }
                catch (ModelCallException e) when (e.Cause is ClientResultException { Status: StatusCodes.Status400BadRequest })
                {
                    // The model refuses this text, not this call: the others need not wait for it.
                    LogRefused(request.Id, StatusCodes.Status400BadRequest);
                }
                catch (Exception e) when (gateway.Describe(e) is { } problem)
                {
                    // The host logs what leaves here, and an instance's own words may quote the text.
                    throw new InvalidOperationException($"{problem.Title} {problem.Detail}");
                }
            }

            next = page.ContinuationToken;
        }
        while (next is not null);

        if (embedded > 0)
        {
            LogEmbedded(embedded);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model refuses to embed maintenance request {Id} (status {Status}); vector search will not find it.")]
    private partial void LogRefused(string id, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} maintenance requests were embedded and can be found by vector search.")]
    private partial void LogEmbedded(int count);
}
