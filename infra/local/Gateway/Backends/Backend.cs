using System.Collections.Frozen;

namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>A single backend: where it is, how it is addressed and whether it may be asked.</summary>
internal sealed record Backend(string Name, int Priority, int Weight, BackendAddress Address, CircuitBreaker Breaker) : IBackendTarget
{
    private static readonly CircuitBreakerRule NoRule = new(1, TimeSpan.Zero, TimeSpan.Zero, AcceptRetryAfter: false, FrozenSet<int>.Empty);

    // What a path is appended to.
    private readonly string _prefix = (Address.Models is not null ? OpenAIModels.RootOf(Address.Url) : Address.Url.GetLeftPart(UriPartial.Path)).TrimEnd('/');

    /// <summary>The region of its instance, for one that does not name it itself; null where it does, or has none.</summary>
    public string? Region { get; init; }

    /// <summary>Whether the backend resource has credentials, which then replace those of the request.</summary>
    public bool HasCredentials { get; private init; } = true;

    /// <summary>A backend that is no resource, just a URL.</summary>
    public static Backend Unmanaged(Uri url, TimeProvider time) =>
        new(url.AbsoluteUri, 0, 1, new BackendAddress(url), new CircuitBreaker(NoRule, time)) { HasCredentials = false };

    /// <summary>The URL of <paramref name="path"/> and <paramref name="query"/>, both encoded, at this backend.</summary>
    public Uri UrlOf(string path, string query) =>
        new(Address.Models is null ? string.Concat(_prefix, path, query) : _prefix + OpenAIModels.PathOf(path));

    public Backend? Next(IReadOnlyList<Backend> tried) => Breaker.IsOpen ? null : this;
}

/// <summary>What set-backend-service can point to: a backend, or a pool of them.</summary>
internal interface IBackendTarget
{
    public string Name { get; }

    /// <summary>The backend to ask next for a request that has asked <paramref name="tried"/> before; null when none may be asked.</summary>
    public Backend? Next(IReadOnlyList<Backend> tried);
}
