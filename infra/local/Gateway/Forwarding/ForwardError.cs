namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>The ways in which a call to a backend ends without a response, or a response ends before its end.</summary>
internal enum ForwardError
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The backend's name could not be resolved.</summary>
    NameResolution,

    /// <summary>No connection: refused, unreachable.</summary>
    Connection,

    /// <summary>The TLS handshake failed.</summary>
    Tls,

    /// <summary>The connection broke before the response's headers were complete.</summary>
    Reset,

    /// <summary>What the backend sent is not HTTP, or can not be passed on.</summary>
    InvalidResponse,

    /// <summary>The headers did not come in time.</summary>
    Timeout,

    /// <summary>The connection broke in the middle of the body.</summary>
    BodyCut,

    /// <summary>The backend fell silent in the middle of the body.</summary>
    BodyStalled,

    /// <summary>The caller has gone.</summary>
    CallerGone,
}
