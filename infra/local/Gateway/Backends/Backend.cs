namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>A single backend: where it is, how it is addressed and whether it may be asked.</summary>
/// <param name="Index">Its place in backends.json, which is how a request remembers whom it has asked.</param>
/// <param name="Name">The name of the backend resource.</param>
/// <param name="Priority">Its group; lower numbers come first.</param>
/// <param name="Weight">Its share within the group.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Breaker">Its circuit breaker.</param>
internal sealed record Backend(int Index, string Name, int Priority, int Weight, BackendAddress Address, CircuitBreaker Breaker) : IBackendTarget
{
    // What a path is appended to.
    private readonly string _prefix = Address.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The URL of <paramref name="path"/> and <paramref name="query"/>, both encoded, at this backend.</summary>
    public Uri UrlOf(string path, string query) => new(string.Concat(_prefix, path, query));

    public Backend? Next(TriedBackends tried) => Breaker.IsOpen ? null : this;
}
