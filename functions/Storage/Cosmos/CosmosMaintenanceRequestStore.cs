using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>The maintenance requests in Cosmos DB, a partition a hotel, with vector search there.</summary>
internal sealed class CosmosMaintenanceRequestStore(
    CosmosDatabase database, CosmosVectors vectors, IHotelStore hotels, TimeProvider timeProvider) : IMaintenanceRequestStore
{
    // Beyond, asking for all above the minimum is no worse.
    private const int LargestTop = 1000;

    /// <inheritdoc/>
    public async Task<CreateResult> CreateAsync(
        NewMaintenanceRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        MaintenanceRequest stored = request.ToStored(timeProvider.GetUtcNow());
        KeyClaim? claim = idempotencyKey is null ? null : new KeyClaim
        {
            Id = DocumentId.Of(idempotencyKey),
            Fingerprint = Convert.ToHexString(RequestFingerprint.Of(request)),
            Request = stored,
        };
        if (await FindByKeyAsync(claim, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        if (await hotels.GetHotelAsync(request.HotelId, cancellationToken) is null)
        {
            throw new UnknownHotelException(request.HotelId);
        }

        if (claim is not null && await database.TryCreateAsync(database.IdempotencyKeys, claim, new PartitionKey(claim.Id), cancellationToken) is null)
        {
            // Somebody else was faster. Should that one's request be deleted by now, this is the first one again.
            return await FindByKeyAsync(claim, cancellationToken) ?? await CreateAsync(request, idempotencyKey, cancellationToken);
        }

        return new CreateResult(CreateOutcome.Created, await StoreAsync(stored, claim?.Id));
    }

    /// <inheritdoc/>
    public Task<MaintenanceRequest?> GetAsync(string id, CancellationToken cancellationToken = default) => FindAsync(id, partition: null, cancellationToken);

    /// <inheritdoc/>
    public Task<MaintenanceRequestPage> ListAsync(MaintenanceRequestQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadPageAsync(
            query.PageSize,
            query.ContinuationToken,
            (behind, limit) => RequestQueries.Newest(query, behind, limit),
            query.HotelId is { } hotelId ? new PartitionKey(hotelId) : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MaintenanceRequestPage> ListPendingAsync(
        int pageSize, string? continuationToken = null, CancellationToken cancellationToken = default) =>
        ReadPageAsync(pageSize, continuationToken, RequestQueries.Pending, partition: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> SetEmbeddingAsync(string id, ReadOnlyMemory<float> embedding, CancellationToken cancellationToken = default)
    {
        if (await PlaceOfAsync(id, cancellationToken) is not { } place)
        {
            return false;
        }

        float[] unit = await vectors.ToUnitAsync(embedding, cancellationToken);
        PatchOperation[] changes = [PatchOperation.Set(RequestDocument.VectorPath, unit), PatchOperation.Set(RequestDocument.EmbeddedPath, true)];
        return await database.RunAsync(
            async () =>
            {
                try
                {
                    await database.MaintenanceRequests.PatchItemAsync<object>(id, new PartitionKey(place.HotelId), changes, cancellationToken: cancellationToken);
                    return true;
                }
                catch (CosmosException e) when (CosmosDatabase.IsMissingItem(e))
                {
                    return false;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MaintenanceRequestMatch>> SearchAsync(
        ReadOnlyMemory<float> vector, int maxResults, double minimumScore, CancellationToken cancellationToken = default)
    {
        float[] unit = await vectors.ToUnitAsync(vector, cancellationToken);
        List<FoundRequest> found = maxResults is > 0 and <= LargestTop
            ? await FindNearestAsync(unit, maxResults, cancellationToken)
            : await FindAsync(RequestQueries.MoreSimilarThan(minimumScore, unit), cancellationToken);
        IEnumerable<FoundRequest> best = found
            .Where(match => match.Similarity > minimumScore)
            .OrderByDescending(match => match.Similarity)
            .ThenBy(match => match.Request.Id, StringComparer.Ordinal)
            .Take(maxResults > 0 ? maxResults : int.MaxValue);

        // Rounding can carry a cosine slightly past 1.
        return [.. best.Select(match => new MaintenanceRequestMatch(match.Request, Math.Clamp(match.Similarity, -1, 1)))];
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await PlaceOfAsync(id, cancellationToken) is not { } place)
        {
            return false;
        }

        // The claim first: left behind, it would bring the request back when its sender repeats it.
        if (place.KeyClaim is { } claim)
        {
            await database.TryDeleteAsync(database.IdempotencyKeys, claim, new PartitionKey(claim), etag: null, cancellationToken);
        }

        return await database.TryDeleteAsync(database.MaintenanceRequests, id, new PartitionKey(place.HotelId), etag: null, cancellationToken);
    }

    private async Task<CreateResult?> FindByKeyAsync(KeyClaim? claim, CancellationToken cancellationToken)
    {
        if (claim is null
            || await database.ReadAsync<KeyClaim>(database.IdempotencyKeys, claim.Id, new PartitionKey(claim.Id), cancellationToken) is not { Resource: var earlier })
        {
            return null;
        }

        // Its owner may have been stopped between the claim and the request.
        MaintenanceRequest request = await FindAsync(earlier.Request.Id, new PartitionKey(earlier.Request.HotelId), cancellationToken)
            ?? await StoreAsync(earlier.Request, earlier.Id);
        return new CreateResult(
            earlier.Fingerprint == claim.Fingerprint ? CreateOutcome.AlreadyStored : CreateOutcome.KeyStandsForOther, request);
    }

    /// <summary>Stores a request. Not to be canceled: with a claim on its key there, it is half stored.</summary>
    private async Task<MaintenanceRequest> StoreAsync(MaintenanceRequest request, string? keyClaim)
    {
        // Where its id is taken it is by this very request: another caller with the same key has stored it, or the SDK in a retry.
        await database.TryCreateAsync(
            database.MaintenanceRequests, RequestDocument.Of(request, keyClaim), new PartitionKey(request.HotelId), CancellationToken.None);
        return request;
    }

    private async Task<MaintenanceRequest?> FindAsync(string id, PartitionKey? partition, CancellationToken cancellationToken) =>
        (await database.QueryAsync<MaintenanceRequest>(database.MaintenanceRequests, RequestQueries.ById(id), partition, cancellationToken)).SingleOrDefault();

    private async Task<RequestPlace?> PlaceOfAsync(string id, CancellationToken cancellationToken) =>
        (await database.QueryAsync<RequestPlace>(database.MaintenanceRequests, RequestQueries.PlaceOf(id), partition: null, cancellationToken)).SingleOrDefault();

    private async Task<List<FoundRequest>> FindAsync(QueryDefinition query, CancellationToken cancellationToken) =>
        await database.QueryAsync<FoundRequest>(database.MaintenanceRequests, query, partition: null, cancellationToken);

    /// <summary>The nearest ones, and with them all that equal the last of these: which of them belong to the result, their ids decide.</summary>
    private async Task<List<FoundRequest>> FindNearestAsync(float[] unit, int count, CancellationToken cancellationToken)
    {
        List<FoundRequest> found = await FindAsync(RequestQueries.Nearest(unit, count + 1), cancellationToken);
        found.Sort((x, y) => y.Similarity.CompareTo(x.Similarity));
        return found.Count > count && found[count].Similarity == found[count - 1].Similarity
            ? await FindAsync(RequestQueries.AtLeastAsSimilarAs(found[count].Similarity, unit), cancellationToken)
            : found;
    }

    private async Task<MaintenanceRequestPage> ReadPageAsync(
        int pageSize,
        string? continuationToken,
        Func<PagePosition?, long, QueryDefinition> query,
        PartitionKey? partition,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);

        // One more than the page holds tells whether there is a next one.
        PagePosition? behind = PagePosition.FromToken(continuationToken);
        List<MaintenanceRequest> found = await database.QueryAsync<MaintenanceRequest>(
            database.MaintenanceRequests, query(behind, (long)pageSize + 1), partition, cancellationToken);
        MaintenanceRequest[] page = [.. found.Take(pageSize)];
        return new MaintenanceRequestPage(
            page, found.Count > pageSize ? new PagePosition(StoredTime.Format(page[^1].Date), page[^1].Id).ToToken() : null);
    }
}
