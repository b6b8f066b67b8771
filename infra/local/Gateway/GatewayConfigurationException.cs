namespace ContosoSuites.Local.Gateway;

/// <summary>
/// The gateway can not start with the files and settings it was given. The message names the file, the line where there is
/// one, what is wrong and what would be right.
/// </summary>
public sealed class GatewayConfigurationException : Exception
{
    /// <summary>With a message for the person who writes the configuration.</summary>
    public GatewayConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what led to it.</summary>
    public GatewayConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
