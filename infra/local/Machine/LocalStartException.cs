using System.Globalization;
using Microsoft.AspNetCore.Connections;

namespace ContosoSuites.Local.Machine;

/// <summary>The local system can not start; the message says what to do about it.</summary>
public sealed class LocalStartException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Says of a port that is taken how to choose another one.</summary>
internal static class PortInUse
{
    /// <summary>Starts something that listens on a port.</summary>
    /// <exception cref="LocalStartException">The port is taken.</exception>
    public static async Task<T> ExplainAsync<T>(int port, string option, Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new LocalStartException(
                $"Port {port.ToString(CultureInfo.InvariantCulture)} is in use by another process. Stop that, or choose another port with {option}.", e);
        }
    }
}
