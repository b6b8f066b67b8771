namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>The gateway's logs could not be read. The message says what to do; it names settings, not their values.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">What was thrown.</param>
public sealed class LogQueryException(string message, Exception? inner = null) : Exception(message, inner);
