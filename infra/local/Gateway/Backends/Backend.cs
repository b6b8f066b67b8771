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
    private static readonly CircuitBreakerRule NoRule = new(1, TimeSpan.Zero, TimeSpan.Zero, AcceptRetryAfter: false, []);

    // What a path is appended to.
    private readonly string _prefix = Address.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Whether the backend resource has credentials, which then replace those of the request.</summary>
    public bool HasCredentials { get; private init; } = true;

    /// <summary>A backend that is no resource, just a URL.</summary>
    public static Backend Unmanaged(Uri url, TimeProvider time) =>
        new(TriedBackends.Capacity, url.AbsoluteUri, 0, 1, new BackendAddress(url), new CircuitBreaker(NoRule, time)) { HasCredentials = false };

    /// <summary>The URL of <paramref name="path"/> and <paramref name="query"/>, both encoded, at this backend.</summary>
    public Uri UrlOf(string path, string query) => new(string.Concat(_prefix, path, query));

    public Backend? Next(TriedBackends tried) => Breaker.IsOpen ? null : this;
}
