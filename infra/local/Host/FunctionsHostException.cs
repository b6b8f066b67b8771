namespace ContosoSuites.Local.Host;

/// <summary>The app can not be run by this host, for a reason that its developer can act on.</summary>
public class FunctionsHostException : Exception
{
    /// <summary>An exception with its reason.</summary>
    /// <param name="message">What is wrong, naming the function, parameter, file or setting.</param>
    public FunctionsHostException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its reason and cause.</summary>
    /// <param name="message">What is wrong, naming the function, parameter, file or setting.</param>
    /// <param name="innerException">The cause.</param>
    public FunctionsHostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
