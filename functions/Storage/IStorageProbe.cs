namespace ContosoSuites.Functions.Storage;

/// <summary>Tells whether the store can be read and written.</summary>
public interface IStorageProbe
{
    /// <summary>Names the store for the health report, such as <c>sqlite</c>.</summary>
    public string StoreName { get; }

    /// <summary>Returns when the store answers a read and a write that changes nothing.</summary>
    /// <exception cref="StorageUnavailableException">It does not, and this is why.</exception>
    public Task CheckAsync(CancellationToken cancellationToken = default);
}
