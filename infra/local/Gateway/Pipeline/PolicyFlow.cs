namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>What follows a policy.</summary>
internal enum PolicyFlow
{
    /// <summary>The next policy.</summary>
    Continue,

    /// <summary>The answer, as it is: return-response.</summary>
    Return,

    /// <summary>The on-error section; the error is with the execution.</summary>
    Fail,

    /// <summary>Nothing: the caller has gone.</summary>
    Abandon,
}
