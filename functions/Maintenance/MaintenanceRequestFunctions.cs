using System.Globalization;
using System.Text.Json.Serialization;
using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>The maintenance requests: report one, read one, list them.</summary>
public sealed class MaintenanceRequestFunctions
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;
    private const int MaxKeyLength = 200;

    private readonly IMaintenanceRequestStore _requests;
    private readonly RequestValidation _validation;
    private readonly RequestEmbedder _embedder;
    private readonly MaintenanceSettings _settings;
    private readonly HttpFunction _function;

    /// <summary>Creates the functions.</summary>
    /// <param name="requests">The requests' store.</param>
    /// <param name="hotels">The hotels' store.</param>
    /// <param name="embedder">Makes embeddings.</param>
    /// <param name="settings">Section <c>Maintenance</c>.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="function">Runs the functions' work.</param>
    public MaintenanceRequestFunctions(
        IMaintenanceRequestStore requests,
        IHotelStore hotels,
        RequestEmbedder embedder,
        MaintenanceSettings settings,
        TimeProvider timeProvider,
        HttpFunction function)
    {
        _requests = requests;
        _validation = new RequestValidation(hotels, settings, timeProvider);
        _embedder = embedder;
        _settings = settings;
        _function = function;
    }

    /// <summary>
    /// POST api/MaintenanceRequests: stores a request; durable before the 201. With an <c>Idempotency-Key</c> header a
    /// repetition answers 200 with the request that is stored already.
    /// </summary>
    /// <param name="request">JSON with hotel_id, source, details, and where known room_number, location, date.</param>
    [Function("CreateMaintenanceRequest")]
    public Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "MaintenanceRequests")] HttpRequest request) =>
        _function.RunAsync("CreateMaintenanceRequest", request, async (_, cancellationToken) =>
        {
            if (!request.HasJsonContentType())
            {
                throw InvalidRequestException.UnsupportedMediaType(request.ContentType, "the request as application/json");
            }

            string? key = ReadIdempotencyKey(request);
            RequestFields fields = await request.ReadJsonAsync<RequestFields>(
                _settings.MaxDetailsLength + 1000, """{"hotel_id": 1, "source": "staff", "details": "...", "room_number": "303"}""", cancellationToken)
                ?? new RequestFields();
            (NewMaintenanceRequest? valid, IReadOnlyList<string> errors) = await _validation.CheckAsync(fields, cancellationToken);
            if (valid is null)
            {
                throw InvalidRequestException.BadRequest("The maintenance request is not complete.", string.Join(" ", errors));
            }

            CreateResult result = await _requests.CreateAsync(valid, key, cancellationToken);
            if (result.Outcome is CreateOutcome.KeyStandsForOther)
            {
                throw InvalidRequestException.Unprocessable(
                    "The Idempotency-Key was used before.", "Another request was sent with it. Send a new key with a new request.");
            }

            // It is stored: from here on nothing may turn the answer into a failure, not even a caller who leaves.
            MaintenanceRequest stored = await _embedder.TryEmbedNowAsync(result.Request);
            return result.Outcome is CreateOutcome.Created
                ? TypedResults.Created($"{request.PathBase}{request.Path}/{stored.Id}", stored)
                : TypedResults.Json(stored);
        });

    /// <summary>GET api/MaintenanceRequests/{id}.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The maintenance request's id.</param>
    [Function("GetMaintenanceRequest")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "MaintenanceRequests/{id}")] HttpRequest request, string id) =>
        _function.RunAsync("GetMaintenanceRequest", request, async (_, cancellationToken) =>
            await _requests.GetAsync(id, cancellationToken) is { } found
                ? TypedResults.Json(found)
                : throw InvalidRequestException.NotFound("There is no such maintenance request.", "GET MaintenanceRequests lists those that there are."));

    /// <summary>
    /// GET api/MaintenanceRequests?hotel_id=&amp;source=&amp;since=&amp;page_size=&amp;continuation_token=: a page, newest
    /// first. The next page's address is in the Link header.
    /// </summary>
    /// <param name="request">The request.</param>
    [Function("ListMaintenanceRequests")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "MaintenanceRequests")] HttpRequest request) =>
        _function.RunAsync("ListMaintenanceRequests", request, async (_, cancellationToken) =>
        {
            MaintenanceRequestQuery query = ReadQuery(request.Query);
            MaintenanceRequestPage page;
            try
            {
                page = await _requests.ListAsync(query, cancellationToken);
            }
            catch (InvalidContinuationTokenException e)
            {
                throw InvalidRequestException.BadRequest("The continuation_token is not valid.", e.Message, e);
            }

            if (page.ContinuationToken is { } token)
            {
                QueryString next = QueryString.Create(request.Query
                    .Where(parameter => !string.Equals(parameter.Key, "continuation_token", StringComparison.OrdinalIgnoreCase))
                    .Append(new("continuation_token", token)));
                request.HttpContext.Response.Headers.Link = $"<{request.PathBase}{request.Path}{next}>; rel=\"next\"";
            }

            return TypedResults.Json(new PageBody(page.Requests, page.ContinuationToken));
        });

    private static string? ReadIdempotencyKey(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values))
        {
            return null;
        }

        string key = values.ToString().Trim();
        return key.Length is > 0 and <= MaxKeyLength && key.All(char.IsAscii)
            ? key
            : throw InvalidRequestException.BadRequest("The Idempotency-Key can not be used.", $"Send 1 to {MaxKeyLength} ASCII characters, such as a GUID.");
    }

    private static MaintenanceRequestQuery ReadQuery(IQueryCollection query)
    {
        int? hotelId = ReadNumber(query, "hotel_id", int.MinValue, int.MaxValue);
        string? source = query["source"];
        if (!string.IsNullOrEmpty(source) && RequestSource.Parse(source) is null)
        {
            throw InvalidRequestException.BadRequest("The source is not known.", $"Filter by one of {string.Join(", ", RequestSource.All)}.");
        }

        DateTimeOffset? since = null;
        if (query["since"].ToString() is { Length: > 0 } text)
        {
            since = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
                ? instant
                : throw InvalidRequestException.BadRequest("The date in since can not be read.", "Write it in ISO 8601, such as 2026-11-01 or 2026-11-01T08:00:00Z.");
        }

        return new MaintenanceRequestQuery
        {
            HotelId = hotelId,
            Source = RequestSource.Parse(source),
            Since = since,
            PageSize = ReadNumber(query, "page_size", 1, MaxPageSize) ?? DefaultPageSize,
            ContinuationToken = query["continuation_token"].ToString() is { Length: > 0 } token ? token : null,
        };
    }

    private static int? ReadNumber(IQueryCollection query, string name, int minimum, int maximum)
    {
        if (query[name].ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum
            ? number
            : throw InvalidRequestException.BadRequest($"The {name} is not valid.", $"It has to be a whole number from {minimum} to {maximum}.");
    }

    private sealed record PageBody(
        [property: JsonPropertyName("items")] IReadOnlyList<MaintenanceRequest> Items,
        [property: JsonPropertyName("continuation_token")] string? ContinuationToken);
}
