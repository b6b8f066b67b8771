namespace ContosoSuites.Local.Models.Http;

/// <summary>
/// Ends an answer that has begun. It is meant to reach Kestrel, which then closes the connection without the end of the
/// body; aborting would race with the bytes that are still on their way out.
/// </summary>
internal sealed class ConnectionCutException() : Exception("A fault cut the connection.");
