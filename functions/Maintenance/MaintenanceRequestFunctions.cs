using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>Reports a maintenance request, and reads one.</summary>
public sealed class MaintenanceRequestFunctions
{
    private readonly IMaintenanceRequestStore _requests;
    private readonly RequestValidation _validation;
    private readonly RequestEmbedder _embedder;
    private readonly MaintenanceSettings _settings;

    /// <summary>Creates the functions.</summary>
    /// <param name="requests">The requests' store.</param>
    /// <param name="hotels">The hotels' store.</param>
    /// <param name="embedder">Makes embeddings.</param>
    /// <param name="settings">Section <c>Maintenance</c>.</param>
    /// <param name="timeProvider">The clock.</param>
    public MaintenanceRequestFunctions(
        IMaintenanceRequestStore requests,
        IHotelStore hotels,
        RequestEmbedder embedder,
        MaintenanceSettings settings,
        TimeProvider timeProvider)
    {
        _requests = requests;
        _validation = new RequestValidation(hotels, settings, timeProvider);
        _embedder = embedder;
        _settings = settings;
    }

    /// <summary>
    /// POST api/MaintenanceRequests: stores a request; durable before the 201. With an <c>Idempotency-Key</c> header a
    /// repetition answers 200 with the request that is stored already.
    /// </summary>
    /// <param name="request">JSON with hotel_id, source, details, and where known room_number, location, date.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("CreateMaintenanceRequest")]
    public async Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "MaintenanceRequests")] HttpRequest request, CancellationToken cancellationToken)
    {
        string? key = IdempotencyKey.Read(request);
        CreateResult result = await StoreAsync(await ReadAsync(request, cancellationToken), key, cancellationToken);
        if (result.Outcome is CreateOutcome.KeyStandsForOther)
        {
            throw InvalidRequestException.Unprocessable(
                $"The {IdempotencyKey.Header} was used before.", "Another request was sent with it. Send a new key with a new request.");
        }

        // It is stored: from here on nothing may turn the answer into a failure, not even a caller who leaves.
        MaintenanceRequest stored = await _embedder.TryEmbedNowAsync(result.Request);
        return result.Outcome is CreateOutcome.Created
            ? TypedResults.Created($"{request.PathBase}{request.Path}".TrimEnd('/') + $"/{stored.Id}", stored)
            : TypedResults.Ok(stored);
    }

    /// <summary>GET api/MaintenanceRequests/{id}.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The maintenance request's id, in letters of either case.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("GetMaintenanceRequest")]
    public async Task<Ok<MaintenanceRequest>> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "MaintenanceRequests/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        await _requests.GetAsync(id.ToLowerInvariant(), cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : throw InvalidRequestException.NotFound("There is no such maintenance request.", "GET MaintenanceRequests lists those that there are.");

    private async Task<NewMaintenanceRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw InvalidRequestException.UnsupportedContentType(request.ContentType, "the request as application/json");
        }

        RequestFields fields = await request.ReadJsonAsync<RequestFields>(
            _settings.MaxDetailsLength + 1000, """{"hotel_id": 1, "source": "staff", "details": "...", "room_number": "303"}""", cancellationToken)
            ?? new RequestFields();
        (NewMaintenanceRequest? valid, IReadOnlyList<string> errors) = await _validation.CheckAsync(fields, cancellationToken);
        return valid ?? throw Incomplete(string.Join(" ", errors));
    }

    private async Task<CreateResult> StoreAsync(NewMaintenanceRequest request, string? key, CancellationToken cancellationToken)
    {
        try
        {
            return await _requests.CreateAsync(request, key, cancellationToken);
        }
        catch (UnknownHotelException e)
        {
            // It was there when the request was checked.
            throw Incomplete(e.Message, e);
        }
    }

    private static InvalidRequestException Incomplete(string errors, Exception? inner = null) =>
        InvalidRequestException.BadRequest("The maintenance request can not be stored as it is.", errors, inner);
}
