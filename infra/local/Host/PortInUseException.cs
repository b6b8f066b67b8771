namespace ContosoSuites.Local.Host;

/// <summary>The host's port is taken by another process.</summary>
/// <param name="port">The port.</param>
/// <param name="innerException">What the server said.</param>
public sealed class PortInUseException(int port, Exception innerException)
    : FunctionsHostException($"Port {port} on 127.0.0.1 is already in use.", innerException)
{
    /// <summary>The port.</summary>
    public int Port { get; } = port;
}
