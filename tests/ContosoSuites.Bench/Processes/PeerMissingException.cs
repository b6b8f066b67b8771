namespace ContosoSuites.Bench.Processes;

/// <summary>A peer can not be had on this machine; the message says what is missing.</summary>
internal sealed class PeerMissingException(string message, Exception? innerException = null) : Exception(message, innerException);
