using System.Text.Json.Serialization;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>GET api/MaintenanceRequests?hotel_id=&amp;source=&amp;since=&amp;page_size=&amp;continuation_token=: a page of requests.</summary>
/// <param name="requests">The store.</param>
public sealed class ListMaintenanceRequestsFunction(IMaintenanceRequestStore requests)
{
    internal const int DefaultPageSize = 50;
    internal const int MaxPageSize = 200;

    private const string ContinuationToken = "continuation_token";

    /// <summary>Answers a page, newest first. The next page's address is in the Link header, its token in the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("ListMaintenanceRequests")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "MaintenanceRequests")] HttpRequest request, CancellationToken cancellationToken)
    {
        MaintenanceRequestPage page;
        try
        {
            page = await requests.ListAsync(ReadQuery(request.Query), cancellationToken);
        }
        catch (InvalidContinuationTokenException e)
        {
            throw InvalidRequestException.BadRequest($"The {ContinuationToken} is not valid.", e.Message, e);
        }

        if (page.ContinuationToken is { } token)
        {
            QueryString next = QueryString.Create(request.Query
                .Where(parameter => !string.Equals(parameter.Key, ContinuationToken, StringComparison.OrdinalIgnoreCase))
                .Append(new(ContinuationToken, token)));
            request.HttpContext.Response.Headers.Link = $"<{request.PathBase}{request.Path}{next}>; rel=\"next\"";
        }

        return TypedResults.Ok(new PageBody(page.Requests, page.ContinuationToken));
    }

    private static MaintenanceRequestQuery ReadQuery(IQueryCollection query) => new()
    {
        HotelId = query.ReadWholeNumber("hotel_id"),
        Source = ReadSource(query),
        Since = query.ReadTime("since"),
        PageSize = query.ReadWholeNumber("page_size", 1, MaxPageSize) ?? DefaultPageSize,
        ContinuationToken = query.ReadText(ContinuationToken),
    };

    private static string? ReadSource(IQueryCollection query) => query.ReadText("source") is { } source
        ? RequestSource.Parse(source)
            ?? throw InvalidRequestException.BadRequest("The source is not known.", $"Filter by one of {string.Join(", ", RequestSource.All)}.")
        : null;

    private sealed record PageBody(
        [property: JsonPropertyName("items")] IReadOnlyList<MaintenanceRequest> Items,
        [property: JsonPropertyName("continuation_token")] string? ContinuationToken);
}
