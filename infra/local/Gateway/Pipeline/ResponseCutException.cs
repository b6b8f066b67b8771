using ContosoSuites.Local.Gateway.Forwarding;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// Ends a response in the middle. It is meant to reach Kestrel, which sends what there is and closes the connection without
/// the end of the body; an abort would take back what the caller has not read yet.
/// </summary>
internal sealed class ResponseCutException(ForwardError reason) : Exception($"The backend's response broke off ({reason}).");
