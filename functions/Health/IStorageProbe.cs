using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Health;

/// <summary>Tells whether the store can be read and written.</summary>
public interface IStorageProbe
{
    /// <summary>Names the store for the health report, such as <c>sqlite</c>.</summary>
    public string StoreName { get; }

    /// <summary>Returns when the store answers a read and takes a write.</summary>
    /// <returns>How many numbers the stored embeddings have; null where none is stored yet.</returns>
    /// <exception cref="StorageUnavailableException">It does not, and this is why.</exception>
    public Task<int?> CheckAsync(CancellationToken cancellationToken = default);
}
