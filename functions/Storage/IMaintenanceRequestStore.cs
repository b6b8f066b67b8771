using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage;

/// <summary>
/// The maintenance requests and their embeddings. A write that has returned is durable: it survives the process and the
/// machine. Every member may throw <see cref="StorageUnavailableException"/>.
/// </summary>
public interface IMaintenanceRequestStore
{
    /// <summary>
    /// Stores a request. With an idempotency key a repetition of the call stores nothing new and says so; the same key with
    /// other content is refused by its own outcome.
    /// </summary>
    /// <exception cref="UnknownHotelException">There is no such hotel.</exception>
    public Task<CreateResult> CreateAsync(NewMaintenanceRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>One request, or null when there is none of that id.</summary>
    public Task<MaintenanceRequest?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of requests, newest first. Paging is stable: a request that is stored or deleted meanwhile neither repeats nor
    /// hides another one.
    /// </summary>
    /// <exception cref="InvalidContinuationTokenException">The query's token is none of this store's.</exception>
    public Task<MaintenanceRequestPage> ListAsync(MaintenanceRequestQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of the requests that have no embedding yet, oldest first. Continuing from a page's token passes by what could
    /// not be embedded, so that one request never holds up the others.
    /// </summary>
    /// <exception cref="InvalidContinuationTokenException">The token is none of this store's.</exception>
    public Task<MaintenanceRequestPage> ListPendingAsync(int pageSize, string? continuationToken = null, CancellationToken cancellationToken = default);

    /// <summary>Stores or replaces the embedding of a request. False when there is no such request.</summary>
    /// <exception cref="InvalidVectorException">Its length is not that of the stored vectors, or it has no direction.</exception>
    public Task<bool> SetEmbeddingAsync(string id, ReadOnlyMemory<float> embedding, CancellationToken cancellationToken = default);

    /// <summary>
    /// The requests whose embedding is nearest to a vector, best first, equals by id: those with a similarity above
    /// <paramref name="minimumScore"/>, at most <paramref name="maxResults"/> of them or all when that is not positive.
    /// Embeddings whose storing has returned take part.
    /// </summary>
    /// <exception cref="InvalidVectorException">Its length is not that of the stored vectors, or it has no direction.</exception>
    public Task<IReadOnlyList<MaintenanceRequestMatch>> SearchAsync(
        ReadOnlyMemory<float> vector, int maxResults, double minimumScore, CancellationToken cancellationToken = default);

    /// <summary>Deletes a request and its embedding. False when there is no such request.</summary>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default);
}
