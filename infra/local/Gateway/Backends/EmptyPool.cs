namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>
/// How a pool without an available backend shows to the policy. API Management does not document it, so a policy should come
/// to the same answer whichever it is; the tests try all.
/// </summary>
internal enum EmptyPool
{
    /// <summary>The call fails: on-error runs, and the answer is 503.</summary>
    IsError,

    /// <summary>The call brings a 503 that the gateway has made.</summary>
    IsResponse,

    /// <summary>The call brings a 503 that looks like any other, but for its reason phrase.</summary>
    IsResponseWithReason,
}
