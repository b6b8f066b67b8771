namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>
/// How a pool without an available backend shows to the policy. API Management does not document it, so a policy should come
/// to the same answer either way; the tests try both.
/// </summary>
internal enum EmptyPool
{
    /// <summary>The call fails: on-error runs, and the answer is 503.</summary>
    IsError,

    /// <summary>The call brings a 503 that the gateway has made.</summary>
    IsResponse,
}
