namespace ContosoSuites.Local.Host;

/// <summary>The app can not be run by this host, for a reason that its developer can act on.</summary>
/// <param name="message">What is wrong, naming the function, file or setting.</param>
/// <param name="innerException">The cause.</param>
public sealed class FunctionsHostException(string message, Exception? innerException = null) : Exception(message, innerException);
