namespace ContosoSuites.Local;

/// <summary>The local system can not start; the message says what to do about it.</summary>
/// <param name="message">What is in the way and what to do.</param>
/// <param name="innerException">What was thrown.</param>
public sealed class LocalStartException(string message, Exception? innerException = null) : Exception(message, innerException);
