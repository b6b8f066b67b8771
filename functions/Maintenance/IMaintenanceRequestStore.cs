using System.Globalization;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Maintenance;

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

/// <summary>Which maintenance requests to list.</summary>
public sealed record MaintenanceRequestQuery
{
    /// <summary>Only those about this hotel.</summary>
    public int? HotelId { get; init; }

    /// <summary>Only those reported by this source.</summary>
    public string? Source { get; init; }

    /// <summary>Only those reported at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The most requests that a page holds.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Where the page before this one ended; null for the first page. Only with the filters it came with.</summary>
    public string? ContinuationToken { get; init; }
}

/// <summary>A page of maintenance requests.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="ContinuationToken">Asks for the next page; null when this is the last one.</param>
public sealed record MaintenanceRequestPage(IReadOnlyList<MaintenanceRequest> Requests, string? ContinuationToken);

/// <summary>A stored request and how near its embedding is to the vector searched for.</summary>
/// <param name="Request">The request.</param>
/// <param name="SimilarityScore">The cosine similarity, from -1 to 1.</param>
public sealed record MaintenanceRequestMatch(MaintenanceRequest Request, double SimilarityScore);

/// <summary>What became of a request to be stored.</summary>
/// <param name="Outcome">Whether it was stored now.</param>
/// <param name="Request">The stored request: the new one, or the one that the idempotency key already stands for.</param>
public sealed record CreateResult(CreateOutcome Outcome, MaintenanceRequest Request);

/// <summary>The ways in which storing a request can end.</summary>
public enum CreateOutcome
{
    /// <summary>It is stored.</summary>
    Created,

    /// <summary>It was stored before under the same idempotency key; nothing new was stored.</summary>
    AlreadyStored,

    /// <summary>The idempotency key stands for a request with other content; nothing was stored.</summary>
    KeyStandsForOther,
}

/// <summary>A maintenance request names a hotel that does not exist.</summary>
public sealed class UnknownHotelException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UnknownHotelException(int hotelId, Exception? innerException = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"There is no hotel with id {hotelId}."), innerException) => HotelId = hotelId;

    /// <summary>The id that no hotel has.</summary>
    public int HotelId { get; }
}

/// <summary>A continuation token did not come from a page of this list.</summary>
public sealed class InvalidContinuationTokenException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InvalidContinuationTokenException()
        : base("The continuation token is not one that this list gave out. Start again without a token.")
    {
    }
}
