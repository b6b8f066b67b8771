using System.Net;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>
/// The database's containers, and the few things that the stores do with them. What goes wrong comes out as
/// <see cref="StorageUnavailableException"/>; what is part of the work (no such item, one of that id there already, a state
/// that has changed meanwhile) as a result.
/// </summary>
internal sealed class CosmosDatabase(CosmosClient client, CosmosSettings settings, CosmosProblems problems, StorageOutage outage)
{
    /// <summary>The hotels, partitioned by /id.</summary>
    public Container Hotels { get; } = client.GetContainer(settings.DatabaseName, "Hotels");

    /// <summary>The bookings, partitioned by /hotelID.</summary>
    public Container Bookings { get; } = client.GetContainer(settings.DatabaseName, "Bookings");

    /// <summary>The maintenance requests, partitioned by /hotel_id, with a vector index on /request_vector.</summary>
    public Container MaintenanceRequests { get; } = client.GetContainer(settings.DatabaseName, settings.MaintenanceRequestsContainerName);

    /// <summary>Which idempotency key stands for which maintenance request, partitioned by /id.</summary>
    public Container IdempotencyKeys { get; } = client.GetContainer(settings.DatabaseName, "IdempotencyKeys");

    /// <summary>The conversations, partitioned by /id.</summary>
    public Container Conversations { get; } = client.GetContainer(settings.DatabaseName, "Conversations");

    /// <summary>The collected distribution, partitioned by /day.</summary>
    public Container BackendDistribution { get; } = client.GetContainer(settings.DatabaseName, "BackendDistribution");

    /// <summary>Does something with a container and explains what goes wrong.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            T result = await work();
            outage.End();
            return result;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && problems.Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Reads an item and the tag of its state; null where there is none.</summary>
    public Task<ItemResponse<T>?> ReadAsync<T>(Container container, string id, PartitionKey partition, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            try
            {
                return await container.ReadItemAsync<T>(id, partition, cancellationToken: cancellationToken);
            }
            catch (CosmosException e) when (IsMissingItem(e))
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>All results of a query; within one partition where one is given.</summary>
    public Task<List<T>> QueryAsync<T>(Container container, QueryDefinition query, PartitionKey? partition, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var results = new List<T>();
            using FeedIterator<T> pages = container.GetItemQueryIterator<T>(query, requestOptions: new QueryRequestOptions { PartitionKey = partition });
            while (pages.HasMoreResults)
            {
                results.AddRange(await pages.ReadNextAsync(cancellationToken));
            }

            return results;
        },
        cancellationToken);

    /// <summary>Adds an item. Its tag, or null where one of its id is there already.</summary>
    public Task<string?> TryCreateAsync<T>(Container container, T item, PartitionKey partition, CancellationToken cancellationToken) => RunAsync(
        () => TagUnlessAsync(IsConflict, () => container.CreateItemAsync(item, partition, cancellationToken: cancellationToken)), cancellationToken);

    /// <summary>Replaces an item in the given state. Its new tag, or null where it is in another state or gone.</summary>
    public Task<string?> TryReplaceAsync<T>(
        Container container, T item, string id, PartitionKey partition, string etag, CancellationToken cancellationToken) => RunAsync(
        () => TagUnlessAsync(
            IsOtherState,
            () => container.ReplaceItemAsync(item, id, partition, new ItemRequestOptions { IfMatchEtag = etag }, cancellationToken)),
        cancellationToken);

    /// <summary>Deletes an item, only in the given state where one is given. False where it is in another one, or gone.</summary>
    public async Task<bool> TryDeleteAsync(Container container, string id, PartitionKey partition, string? etag, CancellationToken cancellationToken) =>
        await RunAsync(
            () => TagUnlessAsync(
                IsOtherState,
                () => container.DeleteItemAsync<object>(id, partition, new ItemRequestOptions { IfMatchEtag = etag }, cancellationToken)),
            cancellationToken) is not null;

    /// <summary>
    /// Changes an item on top of whatever was stored last: when another change came between, it is made once more on that.
    /// Each repetition means that somebody else's change was stored, so it ends.
    /// </summary>
    /// <param name="container">Where the item is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="change">The item to store in place of the stored one, which is null where there is none; null to leave it as it is.</param>
    /// <param name="cancellationToken">Gives up between attempts.</param>
    public async Task UpdateAsync<T>(Container container, string id, PartitionKey partition, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class
    {
        string? saved;
        do
        {
            ItemResponse<T>? stored = await ReadAsync<T>(container, id, partition, cancellationToken);
            if (change(stored?.Resource) is not { } changed)
            {
                return;
            }

            saved = stored is null
                ? await TryCreateAsync(container, changed, partition, cancellationToken)
                : await TryReplaceAsync(container, changed, id, partition, stored.ETag, cancellationToken);
        }
        while (saved is null);
    }

    /// <summary>Whether it is the item that is not there. A container or database that is not has a substatus.</summary>
    public static bool IsMissingItem(CosmosException exception) => exception is { StatusCode: HttpStatusCode.NotFound, SubStatusCode: 0 };

    private static bool IsConflict(CosmosException exception) => exception.StatusCode == HttpStatusCode.Conflict;

    private static bool IsOtherState(CosmosException exception) => exception.StatusCode == HttpStatusCode.PreconditionFailed || IsMissingItem(exception);

    private static async Task<string?> TagUnlessAsync<T>(Func<CosmosException, bool> isRefusal, Func<Task<ItemResponse<T>>> write)
    {
        try
        {
            // A deletion leaves no state that a tag could name.
            return (await write()).ETag ?? "";
        }
        catch (CosmosException e) when (isRefusal(e))
        {
            return null;
        }
    }
}
